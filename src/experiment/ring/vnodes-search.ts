/** One number of virtual nodes that was tried. */
export interface Trial {
  readonly vnodes: number
  readonly met: number
  readonly probability: number
  readonly low: number
  readonly high: number
  readonly expected: number
}

const GROWTH = 4
/** The search ends when the largest insufficient and the smallest sufficient number are this close. */
const RESOLUTION = 1.06

/** Some numbers, from low to high, each on all rings: a ring that grows costs less than a new one. */
type Attempt = (numbers: readonly number[]) => Promise<Trial[]>

/** A few numbers that show the probability level off. */
export function flattening(attempt: Attempt, most: number): Promise<Trial[]> {
  const numbers: number[] = []
  for (let vnodes = 16; vnodes <= Math.min(most, 4096); vnodes *= GROWTH) numbers.push(vnodes)
  return attempt(numbers)
}

/** Grows the number until the confidence is reached, then halves the gap on a logarithmic scale. */
export async function search(attempt: Attempt, confidence: number, most: number): Promise<Trial[]> {
  const trials: Trial[] = []
  const enough = (trial: Trial) => {
    trials.push(trial)
    return trial.probability >= confidence
  }
  let low = 0
  let high = 1
  while (!enough((await attempt([high]))[0])) {
    if (high === most) break
    low = high
    high = Math.min(high * GROWTH, most)
  }
  // Every number that the halving may reach is tried in one pass, on rings that grow through them.
  const middles = await attempt(middlesBetween(low, high))
  while (!isClose(low, high)) {
    const middle = middleOf(low, high)
    if (enough(middles.find(({ vnodes }) => vnodes === middle)!)) high = middle
    else low = middle
  }
  return trials.sort((a, b) => a.vnodes - b.vnodes)
}

const isClose = (low: number, high: number) => high - low <= 1 || high / Math.max(low, 1) <= RESOLUTION

const middleOf = (low: number, high: number) =>
  Math.max(low + 1, Math.min(high - 1, Math.round(Math.sqrt(Math.max(low, 1) * high))))

/** Every number that halving a gap may try, from low to high. */
function middlesBetween(low: number, high: number): number[] {
  if (isClose(low, high)) return []
  const middle = middleOf(low, high)
  return [...middlesBetween(low, middle), middle, ...middlesBetween(middle, high)]
}

/** The least number for which the theory gives the confidence, or null if none up to `most` does. */
export function leastByTheory(
  chance: (vnodes: number) => number,
  confidence: number,
  most: number,
): number | null {
  if (chance(most) < confidence) return null
  let low = 0
  let high = most
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if (chance(middle) >= confidence) high = middle
    else low = middle
  }
  return high
}
