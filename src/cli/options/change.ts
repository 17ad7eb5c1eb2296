import type { NodeChange } from '../../experiment/ring/change.js'
import { countOrNames, word } from './arguments.js'
import { option } from './declare.js'

/** Options of commands that show a change of nodes. */
export const changeOptions = (max: number, fallback = '') => ({
  add: option('<count|names>', `nodes that join: how many, or their names${fallback}`, countOrNames(max))
    .first()
    .excludes('remove', 'removeNode'),
  remove: option('<count|names>', 'nodes that leave: how many of the last, or their names', countOrNames(max))
    .first()
    .excludes('removeNode'),
  removeNode: option('<node>', 'the same as --remove with one name', word).first(),
})

interface Flags {
  readonly add?: number | string[]
  readonly remove?: number | string[]
  readonly removeNode?: string
}

/** The change that was asked for. */
export function changeOf({ add, remove, removeNode }: Flags): NodeChange | undefined {
  const leaving = remove ?? (removeNode === undefined ? undefined : [removeNode])
  const given = leaving ?? add
  if (given === undefined) return undefined
  const kind = leaving === undefined ? 'add' : 'remove'
  return typeof given === 'number' ? { kind, count: given } : { kind, names: given }
}
