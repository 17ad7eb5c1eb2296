import { logGamma } from './special.js'

const GRID = 4096

/**
 * Probability that all of N equal nodes hold K/N keys give or take a share of it (`within`, 0 … 1), for K
 * keys on a ring with V virtual nodes a node; V = Infinity is a perfect placement, the multinomial floor that
 * no number of virtual nodes can pass.
 *
 * The counts are independent (negative binomial with V successes, or Poisson) given that their sum is K, so
 * the probability is an N-fold convolution of the truncated law, divided by the law of the sum: Levin, "A
 * Representation for Multinomial Cumulative Distribution Functions", Annals of Statistics 9, 1981, carried
 * over to the Dirichlet-multinomial. Exact up to about 20,000 keys at ±5 %, and beyond that summed on a grid
 * of about 4,000 points; O(4000² · log N).
 */
export function probabilityAllWithin(keys: number, nodes: number, within: number, vnodes: number): number {
  const ideal = keys / nodes
  const low = Math.max(0, Math.ceil(ideal * (1 - within) - 1e-9))
  const high = Math.min(keys, Math.floor(ideal * (1 + within) + 1e-9))
  if (low > high) return 0
  const law = (mean: number, vs: number) => (count: number) => Math.exp(logProbability(count, mean, vs))
  const step = Math.max(1, Math.ceil(((high - low) * nodes) / GRID))
  const truncated = sampled(law(ideal, vnodes), low, high, step)
  const sum = convolutionPower(truncated, nodes)
  const at = (keys - nodes * low) / step
  return Math.min(1, interpolated(sum, at) / step / law(keys, vnodes * nodes)(keys))
}

/** Logarithm of P(count) under a Poisson law, or a negative binomial one with `vnodes` successes. */
function logProbability(count: number, mean: number, vnodes: number): number {
  if (vnodes === Infinity) return count * Math.log(mean) - mean - logGamma(count + 1)
  const p = vnodes / (vnodes + mean)
  return (
    logGamma(vnodes + count) -
    logGamma(vnodes) -
    logGamma(count + 1) +
    vnodes * Math.log(p) +
    count * Math.log1p(-p)
  )
}

/** A law's weights from low to high; on a grid coarser than 1 each point stands for `step` counts. */
function sampled(law: (count: number) => number, low: number, high: number, step: number): Float64Array {
  const points = Math.floor((high - low) / step) + 1
  const weights = Float64Array.from({ length: points }, (_, i) => law(low + i * step) * step)
  if (step > 1) {
    weights[0] /= 2
    weights[points - 1] /= 2
  }
  return weights
}

/** The weights convolved with themselves, `power` factors in all. */
function convolutionPower(weights: Float64Array, power: number): Float64Array {
  let result: Float64Array = Float64Array.of(1)
  let square = weights
  for (let rest = power; rest > 0; rest >>= 1) {
    if (rest & 1) result = convolution(result, square)
    if (rest > 1) square = convolution(square, square)
  }
  return result
}

function convolution(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length + b.length - 1)
  for (let i = 0; i < a.length; i++) for (let j = 0; j < b.length; j++) out[i + j] += a[i] * b[j]
  return out
}

function interpolated(values: Float64Array, at: number): number {
  const left = Math.floor(at)
  if (left < 0 || left >= values.length) return 0
  const right = Math.min(left + 1, values.length - 1)
  return values[left] + (values[right] - values[left]) * (at - left)
}
