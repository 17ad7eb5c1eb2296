import { logGamma } from './special.js'
import type { ZipfLaw } from './zipf-law.js'

/** Standard deviations beyond which a node does not explain a count, next to one that does. */
const REACH = 9
/** Step between the counts at which expectations are summed, in standard deviations of a count. */
const STEP = 0.25
/** A cell of counts is at least this many times as high as it is low, and expects at least so many keys. */
const CELL_FACTOR = 1.4
const MIN_CELL_KEYS = 10

/**
 * The counts of keys under Zipf's law, not knowing which key has which rank: a key's count is Poisson with a mean
 * drawn from all ranks. The square root of a Poisson count has a standard deviation of nearly ½ whatever its mean, so
 * that distances are measured between square roots.
 */
export class KeyCounts {
  /** The nodes near the last count, and how likely each makes it next to the nearest one. */
  from = 0
  to = 0
  readonly likelihoods: Float64Array
  private near = 0
  private readonly roots: Float64Array
  private readonly logs: Float64Array

  constructor(readonly law: ZipfLaw) {
    this.likelihoods = new Float64Array(law.means.length)
    this.roots = law.means.map((mean) => 2 * Math.sqrt(mean))
    this.logs = law.means.map(Math.log)
  }

  /**
   * How the logarithm of the expected number of keys with a count grows with the exponent:
   * Σ P(count | r) (count − mean_r) slope_r ÷ Σ P(count | r). O(log nodes + nodes near the count).
   */
  score(count: number): number {
    const { law, roots, logs, likelihoods } = this
    const root = 2 * Math.sqrt(count)
    this.near = nearest(roots, root)
    const reach = Math.hypot(REACH, roots[this.near] - root)
    const peak = count * logs[this.near] - law.means[this.near]
    this.from = this.near
    while (this.from > 0 && roots[this.from - 1] - root < reach) this.from--
    this.to = this.near + 1
    while (this.to < roots.length && root - roots[this.to] < reach) this.to++
    let total = 0
    let sum = 0
    for (let i = this.from; i < this.to; i++) {
      const likelihood = Math.exp(count * logs[i] - law.means[i] - peak)
      likelihoods[i] = likelihood
      total += law.ranks[i] * likelihood
      sum += law.ranks[i] * likelihood * (count - law.means[i]) * law.slopes[i]
    }
    return sum / total
  }

  /** Probability of the last count at the nearest node, by which `likelihoods` become probabilities. */
  scale(count: number): number {
    return Math.exp(count * this.logs[this.near] - this.law.means[this.near] - logGamma(count + 1))
  }

  /** Whether a count of this size occurs at all. */
  isReached(count: number): boolean {
    const root = 2 * Math.sqrt(count)
    return Math.abs(this.roots[nearest(this.roots, root)] - root) < REACH
  }
}

function nearest(descending: Float64Array, value: number): number {
  let low = 0
  let high = descending.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (descending[middle] > value) low = middle + 1
    else high = middle
  }
  return low > 0 && descending[low - 1] - value < value - descending[low] ? low - 1 : low
}

/** A range of counts, the probability of each node's keys to be in it, and the expected number of keys in it. */
export interface CountCell {
  readonly low: number
  high: number
  readonly probabilities: Float64Array
  keys: number
}

/** Sums over all counts of at least 1 that a node's keys can have. */
export interface CountMoments {
  /** By node: the expected score, its square, and its covariance with the count. */
  readonly scores: Float64Array
  readonly squares: Float64Array
  readonly covariances: Float64Array
  /** Ranges of counts up to the highest, for the nodes from `firstNode` on. */
  readonly cells: readonly CountCell[]
}

/**
 * The moments of scores, and cells of counts. Small counts are summed one by one, larger ones in steps of a quarter of
 * their standard deviation. O(√highest × nodes near a count).
 */
export function countMoments(counts: KeyCounts, firstNode = 0): CountMoments {
  const { means, ranks } = counts.law
  const scores = new Float64Array(means.length)
  const squares = new Float64Array(means.length)
  const covariances = new Float64Array(means.length)
  const cells: CountCell[] = []
  const highest = means[0] + 2 * REACH * Math.sqrt(means[0]) + REACH * REACH
  for (let low = 1; low < highest; ) {
    const step = Math.max(1, Math.floor(STEP * Math.sqrt(low)))
    const count = low + (step - 1) / 2
    const end = low + step
    if (counts.isReached(count)) {
      const score = counts.score(count)
      const scale = counts.scale(count) * step
      const cell = openCell(cells, low, means.length)
      for (let i = counts.from; i < counts.to; i++) {
        const probability = counts.likelihoods[i] * scale
        scores[i] += probability * score
        squares[i] += probability * score * score
        covariances[i] += probability * score * (count - means[i])
        if (i < firstNode) continue
        cell.probabilities[i] += probability
        cell.keys += ranks[i] * probability
      }
      cell.high = end
    }
    low = end
  }
  return { scores, squares, covariances, cells: enough(cells) }
}

/** The cell that a count is in: a new one where the last has grown enough. */
function openCell(cells: CountCell[], low: number, nodes: number): CountCell {
  const last = cells.at(-1)
  if (last && (last.keys < MIN_CELL_KEYS || low < last.low * CELL_FACTOR)) return last
  const cell = { low, high: low, probabilities: new Float64Array(nodes), keys: 0 }
  cells.push(cell)
  return cell
}

/** The cells without a last one that expects too few keys: it becomes a part of the one below. */
function enough(cells: readonly CountCell[]): CountCell[] {
  const last = cells.at(-1)
  const below = cells.at(-2)
  if (!last || !below || last.keys >= MIN_CELL_KEYS) return [...cells]
  below.high = last.high
  below.keys += last.keys
  for (let i = 0; i < last.probabilities.length; i++) below.probabilities[i] += last.probabilities[i]
  return cells.slice(0, -1)
}
