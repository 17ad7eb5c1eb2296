/**
 * Makes a failing list small: leaves out what isn't needed, and puts simpler items in the place of others, for as
 * long as what is left still fails. Tries at most `budget` lists.
 *
 * After Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", IEEE TSE 28(2), 2002. Runs of
 * `most` items are left out first, then runs half as long; short lists do with single items.
 */
export function shrink<T>(
  failing: readonly T[],
  fails: (items: readonly T[]) => boolean,
  simpler: (item: T) => readonly T[],
  budget = 200,
  most = 1,
): readonly T[] {
  let best = failing
  let tries = budget
  const improves = (items: readonly T[]): boolean => {
    if (tries-- <= 0 || !fails(items)) return false
    best = items
    return true
  }
  for (let length = most; length > 1; length = Math.floor(length / 2))
    for (let from = 0; from < best.length; )
      if (!improves([...best.slice(0, from), ...best.slice(from + length)])) from += length
  let isSmaller = true
  while (isSmaller && tries > 0) {
    isSmaller = false
    for (let i = best.length - 1; i >= 0; i--) {
      if (improves(best.filter((_, at) => at !== i))) isSmaller = true
    }
    for (let i = 0; i < best.length; i++) {
      for (const item of simpler(best[i])) {
        if (!improves(best.map((old, at) => (at === i ? item : old)))) continue
        isSmaller = true
        break
      }
    }
  }
  return best
}
