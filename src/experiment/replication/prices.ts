import type { Columns } from '../../report/build.js'
import { writeAll } from './requests.js'
import { build, type ReplicationSetup, ringOf } from './setup.js'

/** Keys written for the price table, all replication factors together. */
const PRICE_PUTS = 300

export type PriceRow = {
  readonly replicas: number
  readonly writes: number
  readonly copies: number
  readonly messages: number
  readonly amplification: number
}

/** The same writes with every replication factor up to the number of nodes. */
export function pricesOf(
  setup: ReplicationSetup,
  positions: Uint32Array,
  placeOn = ringOf(setup),
): PriceRow[] {
  const factors = setup.nodes.map((_, i) => i + 1)
  const puts = factors.reduce((sum, replicas) => sum + replicas, 0)
  const writes = Math.max(1, Math.min(setup.keys, Math.floor(PRICE_PUTS / puts)))
  return factors.map((replicas) => {
    const some = {
      ...setup,
      keys: writes,
      replicas,
      capacity: undefined,
      writeQuorum: Math.min(setup.writeQuorum, replicas),
    }
    const cluster = build(some, positions.subarray(0, writes), undefined, undefined, { placeOn })
    writeAll(cluster, writes)
    const copies = cluster.nodes.reduce((sum, node) => sum + node.store.count(cluster.clock.now), 0)
    return { replicas, writes, copies, messages: cluster.network.messages, amplification: copies / writes }
  })
}

export const priceColumns: Columns = {
  replicas: ['copies of each key', 'count'],
  writes: ['writes', 'count'],
  copies: ['copies written', 'count'],
  messages: ['messages', 'count'],
  amplification: ['amplification', 'factor'],
}
