import type { Place, Solution } from './solution.js'

/**
 * The smallest share of the smaller solution's fingerprints that makes a pair, and the fewest fingerprints of a solution
 * that is compared. Calibrated on the solutions that judge the checks: see "Similar solutions" in docs/grading.md.
 */
export const THRESHOLD = 0.3
export const LEAST_FINGERPRINTS = 10

/** Two solutions of an exercise that are more alike than chance makes them. */
export interface Pair {
  readonly solutions: readonly [Solution, Solution]
  /** Fingerprints that both have, and their share of those that the smaller one has. */
  readonly shared: number
  readonly share: number
}

/** A run of tokens that two solutions have: where it begins in each. */
export interface CommonRun {
  readonly places: readonly [Place, Place]
  readonly length: number
}

export const isComparable = ({ own }: Solution): boolean => own.size >= LEAST_FINGERPRINTS

/**
 * Pairs among the solutions of one exercise, those most alike first. An index of fingerprints finds them, so that the
 * cost is in what is shared: pairs that share nothing cost nothing.
 */
export function similarPairs(solutions: readonly Solution[], threshold = THRESHOLD): Pair[] {
  const compared = solutions.filter(isComparable)
  const holders = new Map<string, number[]>()
  const pairs: Pair[] = []
  for (const [i, solution] of compared.entries()) {
    const shared = new Uint32Array(i)
    for (const gram of solution.own.keys()) {
      const before = holders.get(gram) ?? []
      for (const other of before) shared[other]++
      before.push(i)
      holders.set(gram, before)
    }
    for (const [other, count] of shared.entries()) {
      const share = count / Math.min(solution.own.size, compared[other].own.size)
      if (share >= threshold) pairs.push({ solutions: [compared[other], solution], shared: count, share })
    }
  }
  return pairs.sort(byLikeness)
}

export const byLikeness = (a: Pair, b: Pair): number => b.share - a.share || b.shared - a.shared

/**
 * The longest run of tokens in common around a fingerprint, tried where each fingerprint is first: of a run that is
 * found nowhere, every fingerprint is in one of the solutions once more before it.
 */
export function longestRun({ solutions: [{ own: a }, { own: b }] }: Pair): CommonRun {
  let longest: CommonRun | undefined
  for (const [gram, inA] of a) {
    const inB = b.get(gram)
    if (!inB || (longest && isInside(longest, inA, inB))) continue
    const run = runAround(inA, inB)
    if (!longest || run.length > longest.length) longest = run
  }
  return longest!
}

function isInside({ places: [a, b], length }: CommonRun, inA: Place, inB: Place): boolean {
  const step = inA.at - a.at
  return (
    a.source === inA.source && b.source === inB.source && inB.at - b.at === step && step >= 0 && step < length
  )
}

function runAround(a: Place, b: Place): CommonRun {
  const [one, other] = [a.source.program, b.source.program]
  let [before, after] = [0, 0]
  while (a.at > before && b.at > before && one[a.at - before - 1] === other[b.at - before - 1]) before++
  while (a.at + after < one.length && one[a.at + after] === other[b.at + after]) after++
  const from = ({ source, at }: Place) => ({ source, at: at - before })
  return { places: [from(a), from(b)], length: before + after }
}
