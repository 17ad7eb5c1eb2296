import { formatCount, formatNumber, formatRatio } from '../report/format.js'
import type { Finding, Unit } from '../report/report.js'
import type { Verdict } from '../stats/verdict.js'

/** A verdict on one of the numbers that a finding compares. */
export interface ComparedCase extends Verdict {
  /** What was measured, as `lru on zipf`. */
  readonly name: string
}

export interface Comparison {
  /** What says what is expected, as `Theory (Che’s approximation)`. */
  readonly subject: string
  /** What was measured, in the plural, as `hit ratios`. */
  readonly things: string
  readonly unit: Unit
  readonly cases: readonly ComparedCase[]
  /** An approximation has an error of its own: whether it differs is a result, and no check. */
  readonly isApproximate?: boolean
}

/** Cases that differ and are named one by one. */
const MAX_NAMED = 3

/**
 * The sentences for numbers compared with what is expected of them: with how many it agrees, which differ, by how much
 * and how sure that is, and how large a difference the others may hide. The number of the finding is the case that
 * decides: the one that differs most, or that is furthest from what is expected. Takes one case or more.
 */
export function comparisonFinding(comparison: Comparison): Omit<Finding, 'id'> {
  const { subject, things, cases, isApproximate } = comparison
  const byDifference = [...cases].sort((a, b) => distance(b) - distance(a))
  const differing = byDifference.filter(({ kind }) => kind === 'differs')
  const few = cases.filter(({ kind }) => kind === 'too few').length
  const agreeing = cases.length - differing.length - few
  const deciding = differing[0] ?? byDifference[0]
  const every = everyOf(cases.length)
  const joint = cases.length > 1 ? `; the intervals hold for ${every} comparisons together` : ''
  const all = cases.length === 1 ? things : `${every} ${things}`
  const some = `${formatCount(agreeing)} of ${formatCount(cases.length)} ${things}`
  const tooFew = `too few runs or requests to compare ${few === cases.length ? all : `${formatCount(few)} more`}`
  const sentences = [
    few === cases.length
      ? `${subject}: ${tooFew}.`
      : `${subject} agrees with ${agreeing === cases.length ? all : some}${few > 0 ? `; ${tooFew}` : ''}.`,
    ...differing
      .slice(0, MAX_NAMED)
      .map((one, i) => `${one.name} differs by ${described(one, comparison.unit, i === 0 ? joint : '')}.`),
    differing.length > MAX_NAMED && `${formatCount(differing.length - MAX_NAMED)} more differ.`,
    differing.length === 0 &&
      `Largest difference: ${deciding.name}, ${described(deciding, comparison.unit, joint)}.`,
  ]
  const ok = differing.length > 0 ? false : few === 0 ? true : undefined
  return {
    text: sentences.filter(Boolean).join(' '),
    measured: deciding.measured,
    expected: deciding.expected,
    ...(!isApproximate && ok !== undefined && { ok }),
  }
}

function everyOf(count: number): string {
  return count === 2 ? 'both' : `all ${formatCount(count)}`
}

function distance({ measured, expected }: Verdict): number {
  return Math.abs(measured - expected)
}

/** `0.4 percentage points (54.4%, expected 54.0%; 95% interval −0.1 to 0.9)`. */
function described({ measured, expected, low, high }: Verdict, unit: Unit, joint: string): string {
  const digits = digitsOf((high - low) * (unit === 'ratio' ? 100 : 1))
  const value = (x: number) => (unit === 'ratio' ? formatRatio(x, digits) : formatNumber(x, unit))
  const change = (x: number) => (unit === 'ratio' ? points(x, digits) : signed(formatNumber(x, unit)))
  const by =
    unit === 'ratio' ? `${change(measured - expected)} percentage points` : change(measured - expected)
  const interval =
    low === -Infinity ? 'one run has no interval' : `95% interval ${change(low)} to ${change(high)}${joint}`
  return `${by} (${value(measured)}, expected ${value(expected)}; ${interval})`
}

/**
 * `expected 75.0% (95% of rings: 73.6% to 76.4%)` for a number with a known law, and by how much it differs where it lies
 * outside. `which` are those that the range holds 95 % of, of one comparison or of several together.
 */
export function expectedByLaw(law: Verdict, unit: Unit, which: string, comparisons = 1): string {
  const { kind, measured, expected } = law
  const digits = unit === 'ratio' ? digitsOf((law.high - law.low) * 100) : 0
  // A ratio of counts has no bound where one of them may be 0.
  const value = (x: number) =>
    x === Infinity ? '∞' : unit === 'ratio' ? formatRatio(x, digits) : formatNumber(x, unit)
  const by =
    unit === 'ratio'
      ? `${points(measured - expected, digits)} percentage points`
      : signed(value(measured - expected))
  const joint = comparisons === 1 ? '' : `, for ${everyOf(comparisons)} comparisons together`
  const [low, high] = [measured - law.high, measured - law.low]
  const differs = kind === 'differs' ? `, from which it differs by ${by}` : ''
  return `expected ${value(expected)}${differs} (95% of ${which}: ${value(low)} to ${value(high)}${joint})`
}

/** Decimals that a number with an interval of this width is worth: the width's first digit. */
function digitsOf(width: number): number {
  return Number.isFinite(width) && width > 0 ? Math.min(4, Math.max(1, Math.ceil(-Math.log10(width)))) : 1
}

/** A ratio, or a difference of ratios, as percentage points: `0.0123` as `1.2`, with a minus sign where it is negative. */
export function points(ratio: number, digits = 1): string {
  return signed((ratio * 100).toFixed(digits))
}

function signed(text: string): string {
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−')
}
