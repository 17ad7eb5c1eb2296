/** Runs of the program for one failure. */
const MAX_TRIES = 400
const MAX_MS = 10_000

/**
 * The simplest case that still fails: takes each simpler one that fails too, until none does. `fails` says whether a
 * case has a complaint of the same kind.
 */
export async function shrink<Case>(
  given: Case,
  simplify: (given: Case) => Iterable<Case>,
  fails: (given: Case) => Promise<boolean>,
): Promise<Case> {
  const until = Date.now() + MAX_MS
  let best = given
  let tries = 0
  for (let found = true; found; ) {
    found = false
    for (const simpler of simplify(best)) {
      if (++tries > MAX_TRIES || Date.now() > until) return best
      if (!(await fails(simpler))) continue
      best = simpler
      found = true
      break
    }
  }
  return best
}
