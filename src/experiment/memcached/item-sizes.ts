import { createRandom } from '../../random/random.js'

/** Value sizes in bytes, with their source. */
export interface ItemSizes {
  readonly label: string
  readonly values: Float64Array
}

/** Number of sizes drawn if none are given. */
const SAMPLES = 100_000

/**
 * Value sizes of a general-purpose pool at Facebook: a generalised Pareto distribution with location 0, scale
 * 214.476 and shape 0.348238. Atikoglu et al., "Workload Analysis of a Large-Scale Key-Value Store", SIGMETRICS 2012,
 * section 5.
 */
export function facebookSizes(seed: number): ItemSizes {
  const random = createRandom(seed, 'item sizes')
  const [scale, shape] = [214.476, 0.348238]
  const values = Float64Array.from({ length: SAMPLES }, () =>
    Math.max(1, Math.round((scale / shape) * ((1 - random.next()) ** -shape - 1))),
  )
  return { label: 'Facebook’s ETC pool (2012)', values }
}
