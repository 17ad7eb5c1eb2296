/** Ranks further apart than this share of a standard deviation of their counts are nodes of their own. */
const RESOLVED = 0.2
const MIN_OWN_NODES = 100
/** Abscissae and weights of Gauss and Legendre's rule with five points, over −1 … 1. */
const GAUSS = [
  [-0.906179845938664, 0.2369268850561891],
  [-0.5384693101056831, 0.4786286704993665],
  [0, 0.5688888888888889],
  [0.5384693101056831, 0.4786286704993665],
  [0.906179845938664, 0.2369268850561891],
] as const

/**
 * Zipf's law as nodes, the most popular ranks first. Node i stands for `ranks[i]` ranks that are each requested
 * `means[i]` times on average. The first ranks are a node each; the others are an integral over the logarithm of the
 * rank, in panels of at most 1 and of at most one standard deviation of a count.
 */
export interface ZipfLaw {
  readonly ranks: Float64Array
  readonly means: Float64Array
  /** How fast the logarithm of each mean grows with the exponent: E ln r − ln r. */
  readonly slopes: Float64Array
  /** The least popular rank's share of the requests. */
  readonly lastShare: number
}

/**
 * Zipf's law with an exponent above 0 over `keys` ranks, and so many requests. The number of ranks need not be whole:
 * everything is a continuous function of it. O(requests^(1 ÷ (2 + exponent)) + √requests), whatever the number of keys.
 */
export function zipfLaw(exponent: number, keys: number, requests: number): ZipfLaw {
  const first = requests / (0.6 + integral(exponent, keys))
  const own = Math.min(
    Math.floor(keys),
    Math.max(MIN_OWN_NODES, ((exponent / RESOLVED) * Math.sqrt(first)) ** (2 / (2 + exponent))),
  )
  const ranks: number[] = []
  const logs: number[] = []
  for (let rank = 1; rank <= own; rank++) {
    ranks.push(1)
    logs.push(Math.log(rank))
  }
  const end = Math.log(keys + 0.5)
  for (let from = Math.log(ranks.length + 0.5); from < end; ) {
    const deviation = Math.sqrt(first * Math.exp(-exponent * from))
    const to = Math.min(end, from + Math.min(1, 1 / (exponent * deviation)))
    for (const [x, weight] of GAUSS) {
      const log = (from + to + x * (to - from)) / 2
      logs.push(log)
      ranks.push(((weight * (to - from)) / 2) * Math.exp(log))
    }
    from = to
  }
  // The last rank is a node that stands for none, so that what one more rank would change can be read from it.
  ranks.push(0)
  logs.push(Math.log(keys))
  const weights = logs.map((log) => Math.exp(-exponent * log))
  const total = weights.reduce((sum, weight, i) => sum + ranks[i] * weight, 0)
  const meanLog = weights.reduce((sum, weight, i) => sum + ranks[i] * weight * logs[i], 0) / total
  return {
    ranks: Float64Array.from(ranks),
    means: Float64Array.from(weights, (weight) => (requests * weight) / total),
    slopes: Float64Array.from(logs, (log) => meanLog - log),
    lastShare: weights[weights.length - 1] / total,
  }
}

/** ∫ r^(−exponent) dr from 1 to a number of ranks. */
function integral(exponent: number, ranks: number): number {
  const power = 1 - exponent
  return Math.abs(power) < 1e-9 ? Math.log(ranks) : Math.expm1(power * Math.log(ranks)) / power
}

/** Different keys that are expected among the requests: Σ (1 − e^(−mean)). */
export function expectedKeys({ ranks, means }: ZipfLaw): number {
  let sum = 0
  for (let i = 0; i < ranks.length; i++) sum -= ranks[i] * Math.expm1(-means[i])
  return sum
}
