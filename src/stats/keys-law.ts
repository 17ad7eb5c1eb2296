import { keysDeviation } from './ring-theory.js'
import { chiSquareTail, incompleteBeta, logGamma, quantile } from './special.js'
import type { Interval } from './summary.js'

const GRID = 8192

/**
 * The range that holds the number of keys of a node with this confidence, an equal chance being left on either side. With
 * `weight` of `total` virtual nodes the number is Beta-binomial; `total` = Infinity stands for a perfect placement and
 * `weight` for the node's share: binomial. By summing the law over the counts within ± 15 deviations, at most 8192 of
 * them. Johnson, Kemp and Kotz, "Univariate Discrete Distributions", section 6.2.2.
 */
export function keysRange(keys: number, weight: number, total: number, confidence: number): Interval {
  const share = total === Infinity ? weight : weight / total
  if (share >= 1 || share <= 0) return { low: keys * share, high: keys * share }
  const mean = keys * share
  const reach = 15 * keysDeviation(weight, total, keys) * mean + 15
  const from = Math.max(0, Math.floor(mean - reach))
  const to = Math.min(keys, Math.ceil(mean + reach))
  const step = Math.max(1, Math.ceil((to - from) / GRID))
  const weights = Float64Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) =>
    Math.exp(logLaw(from + i * step, keys, weight, total) - logLaw(Math.round(mean), keys, weight, total)),
  )
  const sum = weights.reduce((a, b) => a + b, 0)
  const tail = ((1 - confidence) / 2) * sum
  return {
    low: from + step * beyond(weights, tail),
    high: from + step * (weights.length - 1 - beyond(weights.toReversed(), tail)),
  }
}

/** How many of the first weights may be left out before they are more than the tail. */
function beyond(weights: Float64Array, tail: number): number {
  let sum = weights[0]
  let left = 0
  while (sum <= tail && left < weights.length - 1) sum += weights[++left]
  return left
}

/** Logarithm of the probability of a count, up to a constant. */
function logLaw(count: number, keys: number, weight: number, total: number): number {
  const choices = -logGamma(count + 1) - logGamma(keys - count + 1)
  return total === Infinity
    ? choices + count * Math.log(weight) + (keys - count) * Math.log1p(-weight)
    : choices + logGamma(weight + count) + logGamma(total - weight + keys - count)
}

/** The law of the root mean square deviation of the numbers of keys of equal nodes, over one ring or several. */
export interface SpreadLaw {
  /** The range that holds it with this confidence. */
  range(confidence: number): Interval
  /** Probability of at least this deviation. */
  tail(deviation: number): number
}

/** Beyond this the beta law is its limit, a gamma law, to three digits. */
const MAX_BETA = 10_000

/**
 * How unevenly N equal nodes hold keys: the mean over `runs` rings of the squared relative deviation, which lies between
 * 0 and N − 1. Its mean and variance are exact. Its shape is that of the beta law with these, which is exact for two
 * nodes with a virtual node each, and for many virtual nodes and keys, where it is χ² with N − 1 degrees of freedom.
 */
export function spreadLaw(nodes: number, vnodes: number, keys: number, runs = 1): SpreadLaw {
  // All keys on one node, or one key: the deviation is certain.
  if (nodes === 1 || keys === 1) {
    const certain = Math.sqrt(nodes - 1)
    return { range: () => ({ low: certain, high: certain }), tail: () => 1 }
  }
  const total = vnodes === Infinity ? Infinity : nodes * vnodes
  const most = nodes - 1
  const mean = keysDeviation(vnodes === Infinity ? 1 / nodes : vnodes, total, keys) ** 2 / most
  const degrees = degreesOfFreedom(nodes, vnodes, keys, mean * most) * runs
  const sum = ((1 - mean) * degrees) / (2 * mean) - 1
  const [a, b] = [mean * sum, (1 - mean) * sum]
  const allOnOne = probabilityAllOnOne(nodes, vnodes, keys) ** runs
  const smooth = (square: number) => {
    const part = square / most
    // Two keys on two nodes: both on one, or one on each, and nothing between.
    if (sum < 1e-9) return part <= 0 ? 1 : 0
    if (b > MAX_BETA) return chiSquareTail((part * degrees) / mean, degrees)
    return part >= 1 ? 0 : 1 - incompleteBeta(Math.max(0, part), a, b)
  }
  const tailAt = (square: number) => Math.max(smooth(square), square < most ? allOnOne : 0)
  // A key that changes its node changes the square by 2 N ÷ K² or more: half of it corrects for continuity.
  const half = nodes / (keys * keys * runs)
  return {
    range: (confidence) => ({
      low: Math.sqrt(Math.max(0, quantile(tailAt, (1 + confidence) / 2) - half)),
      high: Math.sqrt(Math.min(most, quantile(tailAt, (1 - confidence) / 2) + half)),
    }),
    tail: (deviation) => tailAt(deviation ** 2 - half),
  }
}

/** Probability that one node holds all keys: N Π (V + i) ÷ (N V + i). */
function probabilityAllOnOne(nodes: number, vnodes: number, keys: number): number {
  let probability = nodes
  for (let i = 0; i < keys && probability > 1e-9; i++)
    probability *= vnodes === Infinity ? 1 / nodes : (vnodes + i) / (nodes * vnodes + i)
  return probability
}

/** Below this spread the sums below cancel, and the limit of many virtual nodes and keys is right to three digits. */
const NORMAL = 1e-3

/**
 * 2 · mean² ÷ variance of the squared deviation S = N Σ x² ÷ K² − 1 of Dirichlet-multinomial counts x, by their factorial
 * moments E (x)_a (y)_b = (K)_(a + b) V^(a) V^(b) ÷ T^(a + b), with falling and rising powers.
 */
function degreesOfFreedom(nodes: number, vnodes: number, keys: number, mean: number): number {
  if (mean < NORMAL) return nodes - 1
  const rising = (base: number, power: number) =>
    Array.from({ length: power }, (_, i) => base + i).reduce((product, factor) => product * factor, 1)
  const falling = (power: number) =>
    Array.from({ length: power }, (_, i) => keys - i).reduce((product, factor) => product * factor, 1)
  const moment = (a: number, b: number) =>
    vnodes === Infinity
      ? falling(a + b) / nodes ** (a + b)
      : (falling(a + b) * rising(vnodes, a) * rising(vnodes, b)) / rising(nodes * vnodes, a + b)
  const fourth = moment(4, 0) + 6 * moment(3, 0) + 7 * moment(2, 0) + moment(1, 0)
  const squares = moment(2, 2) + 2 * moment(2, 1) + moment(1, 1)
  const square = moment(2, 0) + moment(1, 0)
  const variance = nodes * fourth + nodes * (nodes - 1) * squares - (nodes * square) ** 2
  return (2 * mean ** 2) / (variance * (nodes / keys ** 2) ** 2)
}
