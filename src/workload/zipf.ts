import { createRandom, type Random, shuffle } from '../random/random.js'
import type { Workload } from './workload.js'

/**
 * Zipf's law over a finite set: the key of rank r is asked for with probability proportional to r^−s. Which
 * key has which rank is a permutation drawn from the seed, since popularity and key number are not related.
 *
 * Sampled exactly with an alias table (Walker 1977, filled as by Vose 1991): O(1) a request, O(keys) to build.
 *
 * @example
 * import { type Workload, Zipf } from 'cachelab/workload'
 * const workload: Workload = new Zipf(1000, 0.9, 1)
 * const requests = new Uint32Array(5)
 * workload.next(requests)
 * requests // Uint32Array(5) [ 483, 9, 715, 300, 778 ]
 */
export class Zipf implements Workload {
  readonly name = 'zipf'
  private readonly random: Random
  /** In each column, the chance to stay, and the key to go to otherwise; columns are keys. */
  private readonly stay: Float64Array
  private readonly alias: Uint32Array

  constructor(
    readonly keyCount: number,
    readonly exponent: number,
    seed: number,
  ) {
    this.random = createRandom(seed, 'zipf')
    this.stay = new Float64Array(keyCount)
    this.alias = new Uint32Array(keyCount)
    const ranks = new Uint32Array(keyCount)
    for (let key = 0; key < keyCount; key++) ranks[key] = key
    this.fill(shuffle(ranks, createRandom(seed, 'zipf ranks')))
  }

  get probabilities(): Float64Array {
    const probabilities = new Float64Array(this.keyCount)
    let total = 0
    for (let rank = 0; rank < this.keyCount; rank++)
      total += probabilities[rank] = (rank + 1) ** -this.exponent
    for (let rank = 0; rank < this.keyCount; rank++) probabilities[rank] /= total
    return probabilities
  }

  next(out: Uint32Array): void {
    const { stay, alias, keyCount, random } = this
    for (let i = 0; i < out.length; i++) {
      const column = random.below(keyCount)
      out[i] = random.next() < stay[column] ? column : alias[column]
    }
  }

  /** Leaves nothing of what it is given: the memory is used again. */
  private fill(keyOfRank: Uint32Array): void {
    const { stay, alias, keyCount } = this
    let total = 0
    for (let rank = 0; rank < keyCount; rank++) total += stay[keyOfRank[rank]] = (rank + 1) ** -this.exponent
    for (let key = 0; key < keyCount; key++) stay[key] *= keyCount / total
    // Two stacks in the same memory: those below 1 grow from the left, the others from the right.
    const stacks = keyOfRank
    let small = 0
    let large = keyCount
    for (let key = 0; key < keyCount; key++) stacks[stay[key] < 1 ? small++ : --large] = key
    while (small > 0 && large < keyCount) {
      const poor = stacks[--small]
      const rich = stacks[large]
      alias[poor] = rich
      stay[rich] -= 1 - stay[poor]
      if (stay[rich] < 1) stacks[small++] = stacks[large++]
    }
    // What is left is 1 but for rounding.
    for (let i = 0; i < keyCount; i++) if (i < small || i >= large) stay[stacks[i]] = 1
  }
}

/**
 * Share of the requests that the most popular `topKeys` of `keys` keys get under Zipf's law.
 *
 * @example
 * import { topShare } from 'cachelab/workload'
 * // Ten of a thousand keys, under Zipf’s law with exponent 1.
 * const share = topShare(1000, 10, 1)
 * share.toFixed(3) // '0.391'
 */
export function topShare(keys: number, topKeys: number, exponent: number): number {
  return sumOfWeights(topKeys, exponent) / sumOfWeights(keys, exponent)
}

/** Ranks whose weights are added one by one: beyond them the formula is exact to the last digits of a double. */
const ADDED_RANKS = 100_000

/** The sum of r^−s over the ranks r from 1 to `ranks`, by Euler and Maclaurin's formula for the tail. */
function sumOfWeights(ranks: number, exponent: number): number {
  const last = Math.min(ranks, ADDED_RANKS)
  let sum = 0
  for (let rank = 1; rank <= last; rank++) sum += rank ** -exponent
  if (ranks === last) return sum
  const [first, end] = [last ** -exponent, ranks ** -exponent]
  const logarithm = Math.log(ranks / last)
  const integral =
    exponent === 1
      ? logarithm
      : (last ** (1 - exponent) * Math.expm1((1 - exponent) * logarithm)) / (1 - exponent)
  return sum + integral + (end - first) / 2 + (exponent * (first / last - end / ranks)) / 12
}

/**
 * The exponent at which `keyShare` of the keys get `requestShare` of the requests, for this number of keys:
 * 0.2 and 0.8 for the 80/20 rule. By bisection, in 40 steps.
 *
 * @example
 * import { exponentForSkew, topShare } from 'cachelab/workload'
 * const exponent = exponentForSkew(1000, 0.2, 0.8)
 * exponent.toFixed(4) // '1.0239'
 * topShare(1000, 200, exponent).toFixed(3) // '0.800'
 */
export function exponentForSkew(keys: number, keyShare: number, requestShare: number): number {
  const topKeys = Math.max(1, Math.round(keys * keyShare))
  let low = 0
  let high = 8
  for (let step = 0; step < 40; step++) {
    const exponent = (low + high) / 2
    if (topShare(keys, topKeys, exponent) < requestShare) low = exponent
    else high = exponent
  }
  return high
}
