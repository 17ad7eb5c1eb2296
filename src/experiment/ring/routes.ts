import { hashText } from '../../hashing/index.js'
import { HashRing, placements } from '../../placement/index.js'
import { reportOf } from '../../report/build.js'
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
    const position = hashText(placement.hash.hash, key)
    const holders = placement.owners(position, options.replicas).map((node) => placement.nodes[node])
    return {
      key,
      hash: position,
      vnode: placement instanceof HashRing ? placement.virtualNodeOf(key) : null,
      node: placement.nodes[placement.place(position)],
      replicas: holders.join(', '),
    }
  })
  const first = rows[0]
  const isRing = options.placement === 'ring' || options.placement === 'bounded'
  return reportOf('ring route', {
    title: `Routing of ${rows.length === 1 ? 'one key' : `${rows.length} keys`}`,
    parameters: {
      placement: options.placement,
      nodes: options.nodes.length,
      vnodes: isRing ? options.vnodes : null,
      hash: placement.hash.name,
      seed: options.seed ?? null,
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
      rule: `Rule: ${placements[options.placement].rule} "${first.key}" is at ${first.hash}${first.vnode === null ? '' : `, the next virtual node is ${first.vnode}`}: it belongs to ${first.node}.`,
    },
  })
}
