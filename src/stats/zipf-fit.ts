import { logGamma } from './special.js'

/** An exponent fitted to counts, with its standard error. */
export interface ZipfFit {
  readonly exponent: number
  readonly error: number
}

const HIGHEST = 8
const STEPS = 50
/** Ranks whose terms are added one by one; beyond them sums are integrals. */
const SUMMED = 1000
/** Intervals of Simpson's rule, an even number. */
const INTERVALS = 1000

/**
 * Zipf's exponent of greatest likelihood for how often each key was requested. Keys are ranked by their counts;
 * the likelihood's slope Σ c_r (E ln r − ln r) falls with the exponent and is zero at the fit, and the error is
 * 1 ÷ √(N Var ln r). O(keys), and then a thousand terms a step.
 *
 * Clauset, Shalizi and Newman, "Power-Law Distributions in Empirical Data", SIAM Review 51(4), 2009, appendix B.
 */
export function fitZipf(counts: Uint32Array): ZipfFit {
  let requests = 0
  let measured = 0
  let ranked = 0
  for (const [count, keys] of countsDescending(counts)) {
    requests += count * keys
    // Keys of equal counts have the ranks from here on: the sum of their logarithms is that of a factorial.
    measured += count * (logGamma(ranked + keys + 1) - logGamma(ranked + 1))
    ranked += keys
  }
  let low = 0
  let high = HIGHEST
  for (let step = 0; step < STEPS; step++) {
    const exponent = (low + high) / 2
    if (logRank(counts.length, exponent).mean > measured / requests) low = exponent
    else high = exponent
  }
  return { exponent: high, error: 1 / Math.sqrt(requests * logRank(counts.length, high).variance) }
}

/** How many keys there are of each count, the highest count first. */
function countsDescending(counts: Uint32Array): [count: number, keys: number][] {
  const keys = new Uint32Array(1 << 16)
  const large: number[] = []
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] < keys.length) keys[counts[i]]++
    else large.push(counts[i])
  }
  const found = large.sort((a, b) => b - a).map((count): [number, number] => [count, 1])
  for (let count = keys.length - 1; count > 0; count--) if (keys[count] > 0) found.push([count, keys[count]])
  return found
}

/** Mean and variance of the logarithm of the rank under Zipf's law over so many ranks. */
export function logRank(ranks: number, exponent: number): { mean: number; variance: number } {
  const sums: [number, number, number] = [0, 0, 0]
  const summed = Math.min(SUMMED, ranks)
  for (let rank = 1; rank <= summed; rank++)
    addTerms(sums, Math.log(rank), Math.exp(-exponent * Math.log(rank)))
  if (ranks > summed) addTail(sums, summed, ranks, exponent)
  const mean = sums[1] / sums[0]
  return { mean, variance: sums[2] / sums[0] - mean * mean }
}

/** Adds weight × log^k for k = 0, 1, 2. */
function addTerms(sums: [number, number, number], log: number, weight: number): void {
  sums[0] += weight
  sums[1] += weight * log
  sums[2] += weight * log * log
}

/**
 * Adds the terms of ranks from + 1 … to by the Euler–Maclaurin formula to its first correction: the integral, by
 * Simpson's rule over the logarithm, half the difference of the ends, and a twelfth of that of their slopes. Its
 * error is of the order of from^(−exponent − 3).
 */
function addTail(sums: [number, number, number], from: number, to: number, exponent: number): void {
  const start = Math.log(from)
  const width = (Math.log(to) - start) / INTERVALS
  for (let i = 0; i <= INTERVALS; i++) {
    const log = start + i * width
    const factor = i === 0 || i === INTERVALS ? 1 : i % 2 === 1 ? 4 : 2
    addTerms(sums, log, ((factor * width) / 3) * Math.exp((1 - exponent) * log))
  }
  for (const [rank, sign] of [
    [from, -1],
    [to, 1],
  ] as const) {
    const log = Math.log(rank)
    const weight = rank ** -exponent
    addTerms(sums, log, (sign * weight) / 2)
    // The slope of weight × log^k is weight × (k log^(k − 1) − exponent × log^k) ÷ rank.
    const slope = (sign * weight) / (12 * rank)
    addTerms(sums, log, -exponent * slope)
    sums[1] += slope
    sums[2] += 2 * slope * log
  }
}
