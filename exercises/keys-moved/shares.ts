import { type CaseCheck, checkCases, wrongNumber } from '../../src/grading/cases.js'
import type { Solution } from '../../src/grading/exercise.js'

/** Numbers of servers. */
export type Servers = readonly [before: number, after: number]

/** How a solution writes a share. */
interface Style {
  share(written: number): number
  readonly precision: number
}

const EXACT = 1e-9
/** Rounded to a whole percent, up or down. */
const ROUNDED = 0.01
const asAsked: Style = { share: (written) => written, precision: EXACT }
/** As asked, the share that stays, in percent, or both. */
const ways: readonly Style['share'][] = [
  asAsked.share,
  (stays) => 1 - stays,
  (percent) => percent / 100,
  (percent) => 1 - percent / 100,
]

/** The call that shows the style: 2 servers, then 3, where two thirds move. */
const KNOWN = { servers: [2, 3], share: 2 / 3 }

function styleOf(written: unknown): Style {
  if (typeof written !== 'number') return asAsked
  const styles = [EXACT, ROUNDED].flatMap((precision) => ways.map((share) => ({ share, precision })))
  return styles.find(({ share, precision }) => Math.abs(share(written) - KNOWN.share) <= precision) ?? asAsked
}

export interface ShareCheck {
  readonly name: string
  expected(before: number, after: number): number
  /** Which numbers of servers it is about. */
  isAbout(servers: Servers): boolean
  readonly next: string
}

/** Judges a share as the task asks for it. */
export const exactly = (check: ShareCheck) => judging(check, asAsked)

/**
 * Judges shares; where they are written in another style than asked for, but in the same as `movedByModulo` writes
 * them, by that style: a wrong style costs points only in the check of one server more.
 */
export async function checkShares(
  solution: Solution,
  inputs: readonly Servers[],
  check: ShareCheck,
): Promise<void> {
  try {
    await checkCases(solution, inputs, exactly(check))
  } catch (failure) {
    const known = await solution.call('movedByModulo', [KNOWN.servers]).catch(() => [])
    const style = known[0] && 'value' in known[0] ? styleOf(known[0].value) : asAsked
    if (style.share === asAsked.share && style.precision === EXACT) throw failure
    await checkCases(solution, inputs, judging(check, style))
  }
}

function judging(
  { name, expected, isAbout, next }: ShareCheck,
  { share, precision }: Style,
): CaseCheck<Servers> {
  return {
    name,
    parameters: (servers) => servers,
    words: ([before, after]) => `${name}(${before}, ${after})`,
    wrong([before, after], value) {
      const problem = wrongNumber(value, expected(before, after))
      if (problem === undefined || typeof value !== 'number') return problem
      return wrongNumber(share(value), expected(before, after), precision) && problem
    },
    smaller: (servers) => fewer(servers).filter(isAbout),
    next,
  }
}

/** Fewer servers that grow or shrink alike, the fewest first; one server only where there was one before. */
export function fewer([before, after]: Servers): Servers[] {
  const few = (count: number) => (count === 1 ? [1] : [2, 3, 4, 5, 6])
  return few(before)
    .flatMap((first) => few(after).map((second): Servers => [first, second]))
    .filter(([first, second]) => Math.sign(second - first) === Math.sign(after - before))
    .filter(([first, second]) => first + second < before + after)
    .sort((a, b) => a[0] + a[1] - b[0] - b[1])
}
