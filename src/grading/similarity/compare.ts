import type { HandedIn } from './files.js'
import { byLikeness, isComparable, type Pair, similarPairs } from './pairs.js'
import { givenGrams, type Solution, solutionOf } from './solution.js'

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
export function compareSubmissions(all: readonly HandedIn[]): Likeness {
  const pairs: Pair[] = []
  const unread: Likeness['unread'][number][] = []
  let [read, tooShort] = [0, 0]
  for (const exercise of new Set(all.map(({ exercise }) => exercise))) {
    const given = givenGrams(exercise)
    const solutions: Solution[] = []
    for (const one of all.filter((handedIn) => handedIn.exercise === exercise)) {
      const solution = solutionOf(one, given)
      if (solution) solutions.push(solution)
      else unread.push({ submission: one.submission, exercise })
    }
    read += solutions.length
    tooShort += solutions.filter((one) => !isComparable(one)).length
    pairs.push(...similarPairs(solutions))
  }
  return { pairs: pairs.sort(byLikeness), read, tooShort, unread }
}
