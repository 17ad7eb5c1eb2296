import { type HashName, hashFunctions } from '../../hashing/index.js'
import { GrowingRing, RingPoints } from '../../placement/index.js'
import { type Spread, spread } from '../../stats/summary.js'

/** Rings to fill: one for each seed, at several numbers of virtual nodes. Plain data, so that a worker can do it. */
export interface SpreadsTask {
  readonly nodes: readonly string[]
  /** From low to high. */
  readonly vnodes: readonly number[]
  readonly hash: HashName
  /** undefined stands for the lesson's unsalted ring. */
  readonly seeds: readonly (number | undefined)[]
  /** The hashed keys, sorted. */
  readonly positions: Uint32Array
}

/** How evenly keys lie on each ring: result[s][v] for seeds[s] and vnodes[v]. O(seeds × (points + vnodes × keys)). */
export function ringSpreads({ nodes, vnodes, hash, seeds, positions }: SpreadsTask): Spread[][] {
  const keys = RingPoints.inOrder(positions, hashFunctions[hash].bits)
  return seeds.map((seed) => {
    const ring = new GrowingRing(nodes, keys, hashFunctions[hash], seed)
    return vnodes.map((count) => {
      ring.grow(count)
      return spread(ring.counts())
    })
  })
}
