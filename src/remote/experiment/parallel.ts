import type { CacheTransport, Ownership } from '../../cache-cluster/protocol.js'
import type { Progress } from '../../keys/index.js'

/** Requests on their way at once: enough to keep a connection busy. */
export const WINDOW = 128

/** Real nodes, which can also be asked past all clients. */
export interface RealNodes extends CacheTransport {
  has(node: number, key: number): Promise<boolean>
  /** Lets writes of one owner reach the others, after so many milliseconds. */
  passOn(ownership: Ownership, lag: number): void
  /** Waits until all that is on its way has arrived. */
  settle(): Promise<void>
  /** Lets a node refuse everything from now on. */
  cut(node: number): void
  readonly refusals: ReadonlyMap<number, { readonly first: string; readonly count: number }>
}

/** Runs something for each of 0 … count − 1, so many at a time. */
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

/** How many keys each node has, by its own word. O(nodes × keys) requests. */
export async function countOn(
  session: RealNodes,
  nodes: number,
  keys: number,
  progress?: Progress,
): Promise<number[]> {
  const counts = new Array<number>(nodes).fill(0)
  await forAll(
    nodes * keys,
    async (index) => {
      const node = index % nodes
      // A node that died has nothing.
      if (await session.has(node, Math.floor(index / nodes)).catch(() => false)) counts[node]++
    },
    progress,
  )
  return counts
}
