import type { Progress } from '../../keys/index.js'
import { breathe } from '../../parallel/breathe.js'
import type { Columns } from '../../report/build.js'
import { writeAll } from './requests.js'
import { build, placeOnOf, type ReplicationSetup } from './setup.js'

/** Keys written for the price table, all replication factors together. */
const PRICE_PUTS = 300

export type PriceRow = {
  readonly replicas: number
  readonly writes: number
  readonly copies: number
  readonly messages: number
  readonly amplification: number
}

/** The same writes with every replication factor. O(factors × nodes). */
export async function pricesOf(
  setup: ReplicationSetup,
  positions: Uint32Array,
  factors: readonly number[],
  progress?: Progress,
  placeOn = placeOnOf(setup),
): Promise<PriceRow[]> {
  // As many as leave PRICE_PUTS copies for all factors up to the number of nodes.
  const puts = (setup.nodes.length * (setup.nodes.length + 1)) / 2
  const writes = Math.max(1, Math.min(setup.keys, Math.floor(PRICE_PUTS / puts)))
  const rows: PriceRow[] = []
  for (const replicas of factors) {
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
    const { messages } = cluster.network
    rows.push({ replicas, writes, copies, messages, amplification: copies / writes })
    progress?.(rows.length, factors.length)
    await breathe()
  }
  return rows
}

export const priceColumns: Columns = {
  replicas: ['copies of each key', 'count'],
  writes: ['writes', 'count'],
  copies: ['copies written', 'count'],
  messages: ['messages', 'count'],
  amplification: ['amplification', 'factor'],
}
