import { chiSquareTail } from './special.js'
import { type Interval, Z95 } from './summary.js'
import { type CountCell, countMoments, KeyCounts } from './zipf-counts.js'
import { expectedKeys, type ZipfLaw, zipfLaw } from './zipf-law.js'

/** Zipf's exponent with its 95 % interval, or why there is none. */
export type ZipfFit =
  | ({ readonly exponent: number } & Interval)
  | { readonly exponent: null; readonly why: 'too few requests' }
  /** The popularity isn't Zipf's: it would be this far off with the probability `p`. */
  | { readonly exponent: null; readonly why: 'not Zipf'; readonly p: number }

const HIGHEST = 8
/** Stands for 0, where the score vanishes. The difference shows from a billion requests on. */
const LOWEST = 0.001
const MAX_KEYS = 1e12
/** Normal approximations need about this many keys, and as many requests for keys seen before. */
const MIN_SEEN = 20
/** A popularity that would be this rare under Zipf's law isn't Zipf's. */
const SIGNIFICANCE = 0.01
/** Ranks whose means are this many standard deviations apart are told apart by their counts. */
const APART = 2

/** Variance of rounding to a whole number: added where a number of keys is all but certain. */
const ROUNDING = 1 / 12

/** How many keys have each count, the highest count first. */
type Spectrum = readonly (readonly [count: number, keys: number])[]

/**
 * Zipf's exponent from how often each key was requested, where neither the keys' ranks nor the number of keys that were
 * never requested are known. Ranking keys by their counts would make luck look like popularity.
 *
 * The numbers of keys with each count are a mixture of Poisson counts over all ranks. For an exponent s the number of
 * keys is the one that expects as many different keys as were seen; the estimate is the s whose composite likelihood is
 * stationary, and the interval holds each s for which the score is less than 1.96 of its standard deviations from 0.
 * The standard deviation is that of a sum over keys of the given ranks, with the number of requests given. Composite
 * likelihood: Varin, Reid and Firth, "An Overview of Composite Likelihood Methods", Statistica Sinica 21, 2011.
 *
 * A χ² test compares the keys in ranges of counts, and the counts of the top ranks, with those expected at the estimate.
 * O(keys), and then O(√requests) for each exponent tried; deterministic.
 */
export function fitZipf(counts: Uint32Array): ZipfFit {
  const spectrum = countsDescending(counts)
  const total = (of: (count: number) => number) =>
    spectrum.reduce((sum, [count, keys]) => sum + keys * of(count), 0)
  const keys = total(() => 1)
  const requests = total((count) => count)
  if (keys < MIN_SEEN || requests - keys < MIN_SEEN) return { exponent: null, why: 'too few requests' }
  const at = (exponent: number) => new KeyCounts(lawSeen(exponent, keys, requests))
  const score = (exponent: number) => scoreOf(at(exponent), spectrum)
  const pairs = total((count) => count * (count - 1)) / (requests * (requests - 1))
  const excess = (s: number) => pairs - pairsOf(at(s).law, requests)
  const near = excess(LOWEST) > 0 ? root(excess, LOWEST, HIGHEST, 0.1) : LOWEST
  const exponent = root(score, near, score(near) > 0 ? HIGHEST : LOWEST, 1e-4)
  const p = testOfFit(at(exponent), spectrum)
  if (p < SIGNIFICANCE) return { exponent: null, why: 'not Zipf', p }
  const standardized = (s: number) => {
    const law = at(s)
    return scoreOf(law, spectrum) / scoreDeviation(law, requests)
  }
  return {
    exponent: exponent === LOWEST ? 0 : exponent,
    low: standardized(LOWEST) > Z95 ? root((s) => standardized(s) - Z95, exponent, LOWEST, 0.001) : 0,
    high: root((s) => standardized(s) + Z95, exponent, HIGHEST, 0.001),
  }
}

/** How many keys there are of each count, the highest count first. */
function countsDescending(counts: Uint32Array): Spectrum {
  const keys = new Map<number, number>()
  for (let i = 0; i < counts.length; i++)
    if (counts[i] > 0) keys.set(counts[i], (keys.get(counts[i]) ?? 0) + 1)
  return [...keys].sort(([a], [b]) => b - a)
}

/** The law of an exponent with as many ranks as expect this many different keys. */
function lawSeen(exponent: number, seen: number, requests: number): ZipfLaw {
  const law = (log: number) => zipfLaw(exponent, Math.exp(log), requests)
  const missing = (log: number) => seen - expectedKeys(law(log))
  const least = Math.log(seen)
  return law(missing(least) > 0 ? root(missing, least, Math.log(MAX_KEYS), 0.01) : least)
}

/** Probability that two requests are for the same key: Σ p². */
function pairsOf({ ranks, means }: ZipfLaw, requests: number): number {
  return ranks.reduce((sum, number, i) => sum + number * (means[i] / requests) ** 2, 0)
}

/** The score of the counts less its expectation Σ mean e^(−mean) slope, in the law's own units. */
function scoreOf(counts: KeyCounts, spectrum: Spectrum): number {
  const { ranks, means, slopes } = counts.law
  let sum = 0
  for (const [count, keys] of spectrum) sum += keys * counts.score(count)
  for (let i = 0; i < ranks.length; i++) sum -= ranks[i] * means[i] * Math.exp(-means[i]) * slopes[i]
  return sum
}

/**
 * Standard deviation of `scoreOf` where the number of ranks follows from the number of different keys: that of
 * Σ (score − γ · seen), γ being how much the expected score grows with each key more that is expected. One rank more
 * takes its share of the requests from all others.
 */
function scoreDeviation(counts: KeyCounts, requests: number): number {
  const { ranks, means, lastShare } = counts.law
  const { scores, squares, covariances } = countMoments(counts)
  let [variance, both, scoreCount, seenVariance, seenCount] = [0, 0, 0, 0, 0]
  for (let i = 0; i < ranks.length; i++) {
    const unseen = Math.exp(-means[i])
    variance += ranks[i] * (squares[i] - scores[i] ** 2)
    both += ranks[i] * scores[i] * unseen
    scoreCount += ranks[i] * covariances[i]
    seenVariance += ranks[i] * unseen * (1 - unseen)
    seenCount += ranks[i] * means[i] * unseen
  }
  const last = ranks.length - 1
  const gained = scores[last] - lastShare * scoreCount
  const gamma = gained / (-Math.expm1(-means[last]) - lastShare * seenCount)
  const free = variance - 2 * gamma * both + gamma * gamma * seenVariance
  return Math.sqrt(free - (scoreCount - gamma * seenCount) ** 2 / requests)
}

/**
 * Probability of counts that fit the law no better. Top ranks that are far enough apart are compared one by one, their
 * counts being Poisson; the keys below by how many have a count in each cell, with the covariances of these numbers.
 * The degrees of freedom are not reduced by what was fitted, so the probability is at least this small under the law:
 * Chernoff and Lehmann, Annals of Mathematical Statistics 25, 1954.
 */
function testOfFit(counts: KeyCounts, spectrum: Spectrum): number {
  const { means, ranks } = counts.law
  const top = means.findIndex((mean, i) => ranks[i] !== 1 || mean - means[i + 1] < APART * Math.sqrt(mean))
  const { cells } = countMoments(counts, top)
  const rest = spectrum.map(([count, keys]) => ({ count, keys }))
  let distance = 0
  for (let rank = 0; rank < top; rank++) {
    const highest = rest.find(({ keys }) => keys > 0)
    distance += ((highest?.count ?? 0) - means[rank]) ** 2 / means[rank]
    if (highest) highest.keys--
  }
  const found = cells.map((cell, i) =>
    rest
      .filter(({ count }) => (count >= cell.low || i === 0) && count < (cells[i + 1]?.low ?? Infinity))
      .reduce((sum, { keys }) => sum + keys, 0),
  )
  const differences = cells.map((cell, i) => found[i] - cell.keys)
  return chiSquareTail(distance + mahalanobis(differences, covarianceOf(cells, ranks)), top + cells.length)
}

/** Covariances of the numbers of keys in cells: Σ over ranks of δ P − P P. */
function covarianceOf(cells: readonly CountCell[], ranks: Float64Array): number[][] {
  return cells.map((a, i) =>
    cells.map((b, j) => {
      let sum = i === j ? a.keys + ROUNDING : 0
      for (let n = 0; n < ranks.length; n++) sum -= ranks[n] * a.probabilities[n] * b.probabilities[n]
      return sum
    }),
  )
}

/** dᵀ C⁻¹ d by Cholesky's decomposition. */
function mahalanobis(differences: readonly number[], covariances: readonly number[][]): number {
  const rows: number[][] = []
  const solved: number[] = []
  for (const [i, difference] of differences.entries()) {
    const row: number[] = []
    const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, k) => sum + x * b[k], 0)
    for (let j = 0; j < i; j++) row.push((covariances[i][j] - dot(row, rows[j].slice(0, j))) / rows[j][j])
    solved.push(difference - dot(row, solved))
    row.push(Math.sqrt(covariances[i][i] - dot(row, row)))
    solved[i] /= row[i]
    rows.push(row)
  }
  return solved.reduce((sum, x) => sum + x * x, 0)
}

/**
 * Where a function that has one sign at `start` takes the other one on the way to `limit`; `limit` if it doesn't. By steps
 * that double from the first, and false position in the Illinois form; accurate to 10⁻⁶.
 */
function root(f: (x: number) => number, start: number, limit: number, step: number): number {
  const sign = Math.sign(limit - start)
  let [a, b] = [start, start]
  let [fa, fb] = [f(start), 0]
  for (let width = step; ; width *= 2) {
    b = sign * (b + sign * width - limit) >= 0 ? limit : b + sign * width
    fb = f(b)
    if (fa * fb <= 0) break
    if (b === limit) return limit
    a = b
    fa = fb
  }
  for (let i = 0; i < 60 && Math.abs(b - a) > 1e-6 && fb !== 0; i++) {
    const x = b - (fb * (b - a)) / (fb - fa)
    const fx = f(x)
    if (fx * fb < 0) {
      a = b
      fa = fb
    } else fa /= 2
    b = x
    fb = fx
  }
  return b
}
