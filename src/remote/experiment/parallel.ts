import type { CacheTransport, Ownership } from '../../cache-cluster/protocol.js'
import type { Progress } from '../../keys/index.js'

/** Requests on their way at once: enough to keep a connection busy. */
export const WINDOW = 128

/** Real nodes, which can also be asked directly, without a client. */
export interface RealNodes extends CacheTransport {
  has(node: number, key: number): Promise<boolean>
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

/** Asks each node how many keys it has. O(nodes × keys) requests. */
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
      if (await session.has(node, Math.floor(index / nodes)).catch(() => false)) counts[node]++
    },
    progress,
  )
  return counts
}
