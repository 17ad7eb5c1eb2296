import { normalQuantile } from './special.js'
import { type Interval, mean, meanInterval, wilsonInterval } from './summary.js'

/**
 * What the comparison of a measured number with an expected one comes to. `low` and `high` bound the difference
 * measured − expected with 95 % confidence, for all comparisons of a report together.
 */
export interface Verdict extends Interval {
  readonly kind: 'agrees' | 'differs' | 'too few'
  readonly measured: number
  readonly expected: number
}

/** Differences below this share of the numbers compared are rounding. */
const ROUNDING = 1e-9

/** The confidence of each of several intervals that are right together with 95 % (Bonferroni). */
export function jointConfidence(comparisons: number): number {
  return 1 - 0.05 / Math.max(1, comparisons)
}

/**
 * The verdict on a number of which an interval was measured. Differs where the interval leaves the expected number out.
 * Too few where it holds both 0 and twice the expected number: it would have held nearly anything. Too few, as well, where
 * it has no width and would differ: samples that are all alike say nothing about how far their mean may be off.
 */
export function verdict(measured: number, expected: number, interval: Interval): Verdict {
  const low = interval.low - expected
  const high = interval.high - expected
  const slack = ROUNDING * Math.max(Math.abs(expected), Math.abs(measured), ROUNDING)
  const size = Math.abs(expected)
  const isEmpty = expected === 0 ? low === -Infinity || high === Infinity : low <= -size && high >= size
  const differs = low > slack || high < -slack
  const isPoint = differs && high - low <= 2 * slack
  return {
    kind: isPoint ? 'too few' : differs ? 'differs' : isEmpty ? 'too few' : 'agrees',
    measured,
    expected,
    low,
    high,
  }
}

/**
 * The verdict on a number that follows a known law: differs where it lies outside the range that holds it with the
 * law's own probability.
 */
export function verdictByLaw(measured: number, expected: number, range: Interval): Verdict {
  const slack = ROUNDING * Math.abs(measured)
  const kind = measured < range.low - slack || measured > range.high + slack ? 'differs' : 'agrees'
  return { kind, measured, expected, low: measured - range.high, high: measured - range.low }
}

/**
 * The interval of a share of `trials` in each of several runs. By Student's t over the runs, and at least as wide as for
 * independent trials: where an event is rare all runs may be alike by chance. Unbounded for one run, whose trials may
 * depend on each other.
 */
export function shareInterval(shares: readonly number[], trials: number, confidence: number): Interval {
  if (shares.length < 2) return { low: -Infinity, high: Infinity }
  const byRuns = meanInterval(shares, confidence)
  const all = trials * shares.length
  const independent = wilsonInterval(mean(shares) * all, all, normalQuantile(confidence))
  return { low: Math.min(byRuns.low, independent.low), high: Math.max(byRuns.high, independent.high) }
}

/**
 * The interval of the mean difference of two shares of the same `trials`, paired by run. At least as wide as if each
 * difference were the excess of independent events on one side (McNemar), since few runs may be alike by chance.
 */
export function differenceInterval(
  differences: readonly number[],
  trials: number,
  confidence: number,
): Interval {
  if (differences.length < 2) return { low: -Infinity, high: Infinity }
  const byRuns = meanInterval(differences, confidence)
  const centre = mean(differences)
  const events = mean(differences.map(Math.abs)) / (trials * differences.length)
  const half = normalQuantile(confidence) * Math.sqrt(events)
  return { low: Math.min(byRuns.low, centre - half), high: Math.max(byRuns.high, centre + half) }
}
