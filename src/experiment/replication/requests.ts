import type { ReadResult, WriteResult } from '../../cluster/client.js'
import type { Cluster } from '../../cluster/cluster.js'
import { start, type Task } from '../../simulation/task.js'

/** What came of reading every key once. */
export interface Reading {
  readonly readable: number
  readonly lost: number
  /** Reads that the key's primary answered, and those that another owner did. */
  readonly byPrimary: number
  readonly byReplica: number
  readonly hops: number
  /** Milliseconds each took, in ascending order. */
  readonly latencies: Float64Array
}

/** Reads every key once, one after the other. */
export function readAll(cluster: Cluster, keys: number): Reading {
  let readable = 0
  let byPrimary = 0
  let hops = 0
  const latencies = new Float64Array(keys)
  oneByOne(
    cluster,
    keys,
    (key) => cluster.client.get(key),
    (key, result: ReadResult, took) => {
      latencies[key] = took
      hops += result.hops
      if (!result.entry) return
      readable++
      if (result.node === cluster.membership.owner(key, 0)) byPrimary++
    },
  )
  latencies.sort()
  return { readable, lost: keys - readable, byPrimary, byReplica: readable - byPrimary, hops, latencies }
}

/** Writes every key once, one after the other; how many were acknowledged. */
export function writeAll(cluster: Cluster, keys: number): number {
  let acknowledged = 0
  oneByOne(
    cluster,
    keys,
    (key) => cluster.client.set(key),
    (_, result: WriteResult) => {
      if (result.ok) acknowledged++
    },
  )
  return acknowledged
}

/** Runs a task for each key, the next when one has ended, until nothing is planned any more. */
function oneByOne<T>(
  { clock }: Cluster,
  keys: number,
  task: (key: number) => Task<T>,
  ended: (key: number, result: T, took: number) => void,
): void {
  for (let key = 0; key < keys; key++) {
    const began = clock.now
    let isOver = false
    start(task(key), (result) => {
      ended(key, result, clock.now - began)
      isOver = true
    })
    while (!isOver) clock.step()
  }
  clock.run()
}

/** The value below which a share of ascending values lies; 0 where there are none. */
export function percentile(ascending: ArrayLike<number>, share: number): number {
  return ascending.length === 0
    ? 0
    : ascending[Math.min(ascending.length - 1, Math.floor(share * ascending.length))]
}
