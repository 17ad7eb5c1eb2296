import { InputError } from '../../input-error.js'
import { freshNames } from '../../placement/index.js'
import { formatCount } from '../../report/format.js'

/** Nodes that join or leave: a number of them, or by name. Of a number the last ones leave. */
export type NodeChange = { readonly kind: 'add' | 'remove' } & (
  | { readonly count: number }
  | { readonly names: readonly string[] }
)

/** Names of nodes that a message shows. */
const MAX_SHOWN = 8

/** The names of the nodes that join, and of those that leave, the last one first. Throws InputError where they can't. */
export function nodesOf(
  nodes: readonly string[],
  change: NodeChange,
): { readonly joining: readonly string[]; readonly leaving: readonly string[] } {
  if (change.kind === 'add') {
    if ('count' in change) return { joining: freshNames(nodes, change.count), leaving: [] }
    const taken = change.names.find((name) => nodes.includes(name))
    if (taken !== undefined) throw new InputError(`--add: there is a node "${taken}" already`)
    return { joining: change.names, leaving: [] }
  }
  const leaving = 'count' in change ? nodes.slice(-change.count) : change.names
  checkLeaving(nodes, leaving)
  return { joining: [], leaving: nodes.filter((name) => leaving.includes(name)).reverse() }
}

/** Throws InputError unless these nodes are there and others stay. */
export function checkLeaving(nodes: readonly string[], leaving: readonly string[]): void {
  const unknown = leaving.find((name) => !nodes.includes(name))
  if (unknown !== undefined)
    throw new InputError(`--remove: there is no node "${unknown}" (nodes: ${shown(nodes)})`)
  if (leaving.length >= nodes.length)
    throw new InputError(
      `--remove must leave a node: at most ${nodes.length - 1} of ${nodes.length}, got ${shown(leaving)}`,
    )
}

function shown(names: readonly string[]): string {
  const more = names.length > MAX_SHOWN ? `, … ${formatCount(names.length)} in all` : ''
  return `${names.slice(0, MAX_SHOWN).join(', ')}${more}`
}
