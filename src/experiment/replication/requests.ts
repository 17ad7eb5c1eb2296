import type { Cluster } from '../../cache-cluster/cluster.js'
import type { Progress } from '../../keys/index.js'
import { breathe } from '../../parallel/breathe.js'
import { start, type Task } from '../../simulation/task.js'

/** Keys after which the event loop may turn. */
const TURN = 1024

/** Result of reading every key once. */
export interface Reading {
  readonly readable: number
  readonly lost: number
  /** Reads that the key's primary answered, and those that another owner did. */
  readonly byPrimary: number
  readonly byReplica: number
  readonly hops: number
  /** Latencies in milliseconds, in ascending order. */
  readonly latencies: Float64Array
}

/** Reads every key once, one after the other. */
export async function readAll(cluster: Cluster, keys: number, progress?: Progress): Promise<Reading> {
  let readable = 0
  let byPrimary = 0
  let hops = 0
  const latencies = new Float64Array(keys)
  const read = (key: number): void => {
    const began = cluster.clock.now
    const result = runTask(cluster, cluster.client.get(key))
    latencies[key] = cluster.clock.now - began
    hops += result.hops
    if (!result.entry) return
    readable++
    if (result.node === cluster.membership.owner(key, 0)) byPrimary++
  }
  for (let key = 0; key < keys; key++) {
    read(key)
    if (key % TURN !== 0) continue
    progress?.(key, keys)
    await breathe()
  }
  latencies.sort()
  return { readable, lost: keys - readable, byPrimary, byReplica: readable - byPrimary, hops, latencies }
}

/** Runs the simulation until a task ends. */
function runTask<T>({ clock }: Cluster, task: Task<T>): T {
  let end: { readonly result: T } | undefined
  start(task, (result) => {
    end = { result }
  })
  while (!end) clock.step()
  return end.result
}

/** Writes the first keys once each, and runs the simulation until no event is left. */
export function writeAll(cluster: Cluster, keys: number): void {
  for (let key = 0; key < keys; key++) runTask(cluster, cluster.client.set(key))
  cluster.clock.run()
}
