import type { Lab } from '../lab.js'
import { byLikeness, isComparable, type Pair, similarPairs } from './pairs.js'
import { givenGrams, readSolution, type Solution } from './solution.js'

/** A submission, with the exercises that count for it. */
export interface Submitted {
  readonly submission: string
  readonly lab: Lab
  readonly exercises: readonly string[]
}

/** What solutions of the same exercise have in common. */
export interface Likeness {
  /** Those most alike first. */
  readonly pairs: readonly Pair[]
  /** Solutions that were read, and how many of them have too little of their own to be compared. */
  readonly read: number
  readonly tooShort: number
  /** Solutions that can't be read. */
  readonly unread: readonly Pick<Solution, 'submission' | 'exercise'>[]
}

/** Compares every submission's solutions with those of all others: about a millisecond a solution. */
export function compareSubmissions(submitted: readonly Submitted[]): Likeness {
  const pairs: Pair[] = []
  const unread: Likeness['unread'][number][] = []
  let [read, tooShort] = [0, 0]
  for (const exercise of new Set(submitted.flatMap(({ exercises }) => exercises))) {
    const given = givenGrams(exercise)
    const solutions: Solution[] = []
    for (const { submission, lab, exercises } of submitted) {
      const entry = lab.entries.get(exercise)
      if (!entry || !exercises.includes(exercise)) continue
      const solution = readSolution(lab, entry, { submission, exercise }, given)
      if (solution) solutions.push(solution)
      else unread.push({ submission, exercise })
    }
    read += solutions.length
    tooShort += solutions.filter((one) => !isComparable(one)).length
    pairs.push(...similarPairs(solutions))
  }
  return { pairs: pairs.sort(byLikeness), read, tooShort, unread }
}
