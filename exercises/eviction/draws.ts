/** Largest probability that one check rejects a right solution. */
export const FALSE_ALARM = 1e-10

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

/** Values `first` to `end` − 1, which are counted together. */
export interface Group {
  readonly first: number
  readonly end: number
}

/** A deviation from independent draws. */
export type Unlike =
  | { readonly kind: 'share'; readonly group: Group; readonly tooOften: boolean; readonly where: string }
  | { readonly kind: 'again' }

/** Which draws are counted, as the end of a sentence. */
const WHERE = ['', ' in the first half of the draws', ' in the second half of the draws']

/** Draws that are this far apart are compared: a generator's number that is used twice, or never twice in a row. */
const LAGS = [1, 2, 3]

/**
 * How a list of draws differs from independent ones with these probabilities; undefined if by no more than chance
 * allows. A right list is called wrong with a probability of at most `chance`: each of the counts gets its part of
 * half of it, the search for a sequence that comes again the other half.
 */
export function unlikeDraws(
  draws: readonly number[],
  probabilities: readonly number[],
  groups: readonly Group[],
  chance: number,
): Unlike | undefined {
  const lags = [...LAGS, draws.length >> 1]
  const each = chance / 2 / (3 * groups.length + 2 * lags.length)
  // Repeated sequences come first: a few numbers used again and again may have any shares.
  if (comesAgain(draws, probabilities, chance / 2)) return { kind: 'again' }
  const unlike = unlikeShare(draws, probabilities, groups, each)
  if (unlike) return unlike
  return lags.some((lag) => unlikeNeighbours(draws, lag, probabilities, each)) ? { kind: 'again' } : undefined
}

/** A group that comes too often or too rarely, in all of the draws, in the first half or in the second. */
function unlikeShare(
  draws: readonly number[],
  probabilities: readonly number[],
  groups: readonly Group[],
  chance: number,
): Unlike | undefined {
  const half = draws.length >> 1
  const parts = [draws, draws.slice(0, half), draws.slice(half)].map((part, i) => {
    const counts = new Array<number>(probabilities.length).fill(0)
    for (const value of part) counts[value]++
    return { counts, length: part.length, where: WHERE[i] }
  })
  for (const group of groups) {
    const { first, end } = group
    const share = Math.min(1, sum(probabilities.slice(first, end)))
    for (const { counts, length, where } of parts) {
      const off = sum(counts.slice(first, end)) - share * length
      if (Math.abs(off) > tolerance(length, share, chance))
        return { kind: 'share', group, tooOften: off > 0, where }
    }
  }
  return undefined
}

/**
 * Whether draws `lag` apart are equal too often or too rarely. Independent draws are with probability q = Σp². Draws
 * are paired so that each is in one pair only, in two ways, as what is drawn twice may begin at either.
 */
function unlikeNeighbours(
  draws: readonly number[],
  lag: number,
  probabilities: readonly number[],
  chance: number,
): boolean {
  const q = equalChance(probabilities)
  return [0, lag].some((from) => {
    let pairs = 0
    let equal = 0
    for (let i = from; i + lag < draws.length; i++) {
      if (Math.floor((i - from) / lag) % 2 === 1) continue
      pairs++
      if (draws[i] === draws[i + lag]) equal++
    }
    return Math.abs(equal - q * pairs) > tolerance(pairs, q, chance)
  })
}

/**
 * Whether a sequence of w draws comes again, at any distance. Two that don't overlap are equal with probability qʷ,
 * q = Σp². In two that do, w + d draws are bound together in chains, and as Σpᵐ ≤ q^(m/2), the probability is at most
 * q^((w + d)/2). With n²/2 pairs of the first kind and nw of the second, w is the least for which all that is at
 * most `chance`. Where w is more than a quarter of the draws, there is nothing to see.
 */
function comesAgain(draws: readonly number[], probabilities: readonly number[], chance: number): boolean {
  const { length } = draws
  // Independent draws of other probabilities don't come again; their shares tell what is wrong with them.
  const counts = new Map<number, number>()
  for (const value of draws) counts.set(value, (counts.get(value) ?? 0) + 1)
  const q = Math.max(
    equalChance(probabilities),
    equalChance([...counts.values()].map((count) => count / length)),
  )
  if (q > 0.9) return false
  let width = 1
  while ((length ** 2 / 2) * q ** width + length * width * q ** ((width + 1) / 2) > chance) width++
  if (4 * width > length) return false
  // One character a draw.
  const text = draws.map((value) => String.fromCharCode(value)).join('')
  const seen = new Set<string>()
  for (let at = 0; at + width <= length; at++) {
    const part = text.slice(at, at + width)
    if (seen.has(part)) return true
    seen.add(part)
  }
  return false
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
const equalChance = (probabilities: readonly number[]) => sum(probabilities.map((p) => p * p))
