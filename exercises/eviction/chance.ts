/** How likely a right solution may be called wrong by one check. */
export const FALSE_ALARM = 1e-6

/**
 * How far a count may be from its expectation: a right solution is further off with a probability of at most
 * `chance`.
 *
 * The count X is the sum of n draws that each count with probability p whatever came before. By Bernstein's
 * inequality (for such martingales: Freedman, "On Tail Probabilities for Martingales", 1975), with v = np(1 − p),
 *
 *     P(|X − np| ≥ t) ≤ 2 exp(−t² ÷ (2v + 2t/3)),
 *
 * which equals `chance` at t = L/3 + √(L²/9 + 2Lv) with L = ln(2 ÷ chance). Where a check compares m counts, each
 * gets FALSE_ALARM ÷ m, so that all together are wrong with at most FALSE_ALARM (union bound).
 */
export function tolerance(draws: number, probability: number, chance: number): number {
  const l = Math.log(2 / chance)
  const variance = draws * probability * (1 - probability)
  return l / 3 + Math.sqrt((l / 3) ** 2 + 2 * l * variance)
}
