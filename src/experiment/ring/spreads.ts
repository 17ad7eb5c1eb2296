import { type HashName, hashFunctions } from '../../hashing/index.js'
import { HashRing } from '../../placement/index.js'
import { type Spread, spread } from '../../stats/summary.js'

/** Rings to build and fill: one for each number of virtual nodes and seed. Plain data, so that a worker can do it. */
export interface SpreadsTask {
  readonly nodes: readonly string[]
  readonly vnodes: readonly number[]
  readonly hash: HashName
  /** undefined stands for the lesson's unsalted ring. */
  readonly seeds: readonly (number | undefined)[]
  /** The hashed keys. */
  readonly positions: Uint32Array
}

/** How evenly keys lie on each ring: result[v][s] for vnodes[v] and seeds[s]. O(rings × (points + keys)). */
export function ringSpreads({ nodes, vnodes, hash, seeds, positions }: SpreadsTask): Spread[][] {
  return vnodes.map((count) =>
    seeds.map((seed) => {
      const ring = new HashRing(nodes, { vnodes: count, hash: hashFunctions[hash], seed })
      const counts = new Uint32Array(nodes.length)
      for (let i = 0; i < positions.length; i++) counts[ring.owner(positions[i])]++
      return spread(counts)
    }),
  )
}
