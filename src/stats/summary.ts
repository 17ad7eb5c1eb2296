import { studentT } from './special.js'

/** The two-sided 95 % quantile of the standard normal distribution. */
export const Z95 = 1.959963984540054

/** A closed interval. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** What part of a whole something is; null where there is no whole. */
export function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

/** A quantile of ascending values; null if there are none. */
export function percentile(ascending: ArrayLike<number>, share: number): number | null {
  const { length } = ascending
  return length === 0 ? null : ascending[Math.min(length - 1, Math.floor(share * length))]
}

/** The mean of one value or more. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum / values.length
}

/** Population variance: the mean square distance from the mean. */
export function variance(values: ArrayLike<number>): number {
  const centre = mean(values)
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (values[i] - centre) ** 2
  return sum / values.length
}

/** How unevenly amounts are spread over nodes, relative to their mean. */
export interface Spread {
  /** Population standard deviation ÷ mean. */
  readonly stddev: number
  readonly minOverMean: number
  readonly maxOverMean: number
  /** Largest distance from the mean, up or down, ÷ mean. */
  readonly maxDeviation: number
}

/** The spread of amounts whose sum is not 0. */
export function spread(amounts: ArrayLike<number>): Spread {
  const centre = mean(amounts)
  let low = Infinity
  let high = 0
  for (let i = 0; i < amounts.length; i++) {
    low = Math.min(low, amounts[i])
    high = Math.max(high, amounts[i])
  }
  return {
    stddev: Math.sqrt(variance(amounts)) / centre,
    minOverMean: low / centre,
    maxOverMean: high / centre,
    maxDeviation: Math.max(high - centre, centre - low) / centre,
  }
}

/** Confidence interval of a mean, of 95 % unless told, by Student's t; unbounded for a single value. */
export function meanInterval(values: readonly number[], confidence = 0.95): Interval {
  const count = values.length
  if (count < 2) return { low: -Infinity, high: Infinity }
  const centre = mean(values)
  const error = Math.sqrt(variance(values) / (count - 1))
  const half = studentT(confidence, count - 1) * error
  return { low: centre - half, high: centre + half }
}

/** 95 % interval for one more value like the given ones, by Student's t; unbounded after a single value. */
export function predictionInterval(values: readonly number[]): Interval {
  const count = values.length
  if (count < 2) return { low: -Infinity, high: Infinity }
  const half = studentT(0.95, count - 1) * Math.sqrt((variance(values) * (count + 1)) / (count - 1))
  return { low: mean(values) - half, high: mean(values) + half }
}

/**
 * Score interval of a probability after `successes` of `trials`: right also near 0 and 1, where the textbook interval
 * fails. Of 95 % unless another quantile of the normal distribution is given. Wilson, JASA 22, 1927.
 */
export function wilsonInterval(successes: number, trials: number, quantile = Z95): Interval {
  const p = successes / trials
  const z2 = (quantile * quantile) / trials
  const centre = (p + z2 / 2) / (1 + z2)
  const half = (quantile / (1 + z2)) * Math.sqrt((p * (1 - p)) / trials + z2 / (4 * trials))
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}

/** The value below which a share of the values lies, between neighbours in proportion. O(n log n). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = share * (sorted.length - 1)
  const below = Math.floor(at)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (at - below) * (sorted[above] - sorted[below])
}
