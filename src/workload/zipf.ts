import { createRandom, type Random, shuffle } from '../random/random.js'
import type { Workload } from './workload.js'

/**
 * Zipf's law over a finite set: the key of rank r is asked for with probability proportional to r^−s. Which
 * key has which rank is a permutation drawn from the seed, since popularity and key number are not related.
 *
 * Sampled exactly with an alias table (Walker 1977, filled as by Vose 1991): O(1) a request, O(keys) to build.
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
    const ranks = Uint32Array.from({ length: keyCount }, (_, key) => key)
    this.fill(shuffle(ranks, createRandom(seed, 'zipf ranks')))
  }

  get probabilities(): Float64Array {
    const probabilities = Float64Array.from(
      { length: this.keyCount },
      (_, rank) => (rank + 1) ** -this.exponent,
    )
    const total = probabilities.reduce((sum, weight) => sum + weight, 0)
    return probabilities.map((weight) => weight / total)
  }

  next(out: Uint32Array): void {
    const { stay, alias, keyCount, random } = this
    for (let i = 0; i < out.length; i++) {
      const column = random.below(keyCount)
      out[i] = random.next() < stay[column] ? column : alias[column]
    }
  }

  private fill(keyOfRank: Uint32Array): void {
    const { stay, alias, keyCount } = this
    let total = 0
    for (let rank = 0; rank < keyCount; rank++) total += stay[keyOfRank[rank]] = (rank + 1) ** -this.exponent
    for (let key = 0; key < keyCount; key++) stay[key] *= keyCount / total
    const small: number[] = []
    const large: number[] = []
    for (let key = 0; key < keyCount; key++) (stay[key] < 1 ? small : large).push(key)
    while (small.length > 0 && large.length > 0) {
      const poor = small.pop()!
      const rich = large[large.length - 1]
      alias[poor] = rich
      stay[rich] -= 1 - stay[poor]
      if (stay[rich] < 1) small.push(large.pop()!)
    }
    // What is left is 1 but for rounding.
    for (const key of [...small, ...large]) stay[key] = 1
  }
}

/** Share of the requests that the most popular `topKeys` of `keys` keys get under Zipf's law. O(keys). */
export function topShare(keys: number, topKeys: number, exponent: number): number {
  let top = 0
  let total = 0
  for (let rank = 1; rank <= keys; rank++) {
    const weight = rank ** -exponent
    total += weight
    if (rank <= topKeys) top += weight
  }
  return top / total
}

/**
 * The exponent at which `keyShare` of the keys get `requestShare` of the requests, for this number of keys:
 * 0.2 and 0.8 for the 80/20 rule. By bisection, 40 passes over the keys.
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
