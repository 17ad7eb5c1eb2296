import type { CacheTransport, Ownership } from '../../cache-cluster/protocol.js'
import type { Progress } from '../../keys/index.js'

/** Keys that are written or read at once, over all connections; each connection has a bound of its own. */
export const WINDOW = 4096
/** Keys that are counted by one call. */
const COUNTED = 1000

/** Real nodes, which can also be asked directly, without a client. */
export interface RealNodes extends CacheTransport {
  /** How many of the keys from … to − 1 a node has. */
  count(node: number, from: number, to: number): Promise<number>
  /** Writes many keys to a node, each of which nobody waits for; `progress` is told how many more are done. */
  putAll(node: number, keys: Uint32Array, timeout: number, progress: (done: number) => void): Promise<void>
  /** Lets writes to one owner reach the others after `lag` milliseconds. */
  passOn(ownership: Ownership, lag: number): void
  /** Waits until no request is on its way. */
  settle(): Promise<void>
  /** Makes a node refuse everything from now on. */
  cut(node: number): void
  readonly refusals: ReadonlyMap<number, { readonly first: string; readonly count: number }>
}

/** Runs `run` for each of 0 … count − 1, WINDOW at a time. */
export async function forAll(
  count: number,
  run: (index: number) => Promise<void>,
  progress?: Progress,
): Promise<void> {
  let next = 0
  const work = async (): Promise<void> => {
    while (next < count) {
      const index = next++
      await run(index)
      progress?.(index, count)
    }
  }
  await Promise.all(Array.from({ length: Math.min(WINDOW, count) }, work))
}

/** Writes each key to its owner, of which each has `counts`; `told` is given how many more are done. */
export async function writeAll(
  session: RealNodes,
  owners: ArrayLike<number>,
  counts: ArrayLike<number>,
  timeout: number,
  told: (done: number) => void,
): Promise<void> {
  const lists = keysOn(owners, counts)
  await Promise.all(lists.map((own, node) => session.putAll(node, own, timeout, told)))
}

/** The keys of each node, of which it has `counts`. */
function keysOn(owners: ArrayLike<number>, counts: ArrayLike<number>): Uint32Array[] {
  const lists = Array.from(counts, (count) => new Uint32Array(count))
  const ends = lists.map(() => 0)
  for (let key = 0; key < owners.length; key++) lists[owners[key]][ends[owners[key]]++] = key
  return lists
}

/** Asks each node how many keys it has, all nodes at once, in O(nodes × keys); `progress` is told of keys × nodes. */
export async function countOn(
  session: RealNodes,
  nodes: number,
  keys: number,
  progress?: Progress,
): Promise<number[]> {
  let done = 0
  return Promise.all(
    Array.from({ length: nodes }, async (_, node) => {
      let count = 0
      for (let from = 0; from < keys; from += COUNTED) {
        const to = Math.min(from + COUNTED, keys)
        count += await session.count(node, from, to).catch(() => 0)
        done += to - from
        progress?.(done, nodes * keys)
      }
      return count
    }),
  )
}
