import { placements } from '../../placement/index.js'
import { reportOf } from '../../report/build.js'
import { countOf } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { build, type PlacementSetup } from './setup.js'

export interface RoutesOptions extends PlacementSetup {
  readonly keys: readonly string[]
  /** Replication factor: copies of each key, including the owner's. */
  readonly replicas: number
}

/** Routing of single keys: hash, virtual node, owner, and the nodes that hold copies. */
export function ringRoutes(options: RoutesOptions): Report {
  const placement = build(options, options.keys.length)
  const rows = options.keys.map((key) => {
    const position = placement.position(key)
    const holders = placement.replicas(key, options.replicas)
    placement.place(position)
    return {
      key,
      hash: placement.hashOf?.(key) ?? position,
      vnode: placement.pointOf?.(key) ?? null,
      node: holders[0],
      replicas: holders.join(', '),
    }
  })
  const first = rows[0]
  const which = options.placement === 'haproxy' ? 'closest' : 'next'
  // A label, or where the virtual node stands.
  const vnode = /^\d+$/.test(first.vnode ?? '') ? `at ${first.vnode}` : first.vnode
  const isRing = options.placement === 'ring' || options.placement === 'bounded'
  return reportOf('ring route', {
    title: `Routing of ${countOf(rows.length, 'key')}`,
    parameters: {
      placement: options.placement,
      nodes: options.nodes.length,
      vnodes: isRing ? options.vnodes : null,
      hash: placement.hash.name,
      seed: options.seed ?? null,
      weights: weightsOf(options),
      replicas: options.replicas,
    },
    tables: {
      routes: {
        title: options.replicas > 1 ? 'Owner first, then the nodes that hold copies' : 'Owner of each key',
        columns: { key: 'key', hash: 'hash', vnode: 'virtual node', node: 'node', replicas: 'replicas' },
        rows,
      },
    },
    findings: {
      rule: `Rule: ${placements[options.placement].rule} "${first.key}" is at ${first.hash}${vnode === null ? '' : `, the ${which} virtual node is ${vnode}`}: it belongs to ${first.node}.`,
    },
  })
}

/** The weights that the placement uses, as text. */
function weightsOf({ placement, weights = {} }: RoutesOptions): string | null {
  const given = placements[placement].uses.includes('weights') ? Object.entries(weights) : []
  return given.length > 0 ? given.map(([node, weight]) => `${node} ${weight}`).join(', ') : null
}
