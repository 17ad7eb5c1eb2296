import { type Exercise, pointsOfAll } from '../../grading/course.js'
import { InputError } from '../../input-error.js'
import { option } from './declare.js'

const MAX_POINTS = 1e6

/** The fewest points that pass, or the smallest share of all, in percent. */
export interface Minimum {
  readonly written: string
  readonly amount: number
  readonly isShare: boolean
}

export const minScoreOption = option(
  '<points>',
  'fewer points, or a smaller share such as 60%, give exit code 1 (default: all points)',
  minimum,
)

function minimum(text: string): Minimum {
  const [, number, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? []
  const isShare = percent === '%'
  if (number === undefined || Number(number) > (isShare ? 100 : MAX_POINTS)) {
    throw new InputError(
      `--min-score must be a number from 0 to ${MAX_POINTS}, or a share from 0% to 100%, got ${JSON.stringify(text)}`,
    )
  }
  return { written: text, amount: Number(number), isShare }
}

/** Whether a score reaches a minimum, by default all points. */
export function isEnough(least: Minimum | undefined, score: number, maxScore: number): boolean {
  if (least === undefined) return score === maxScore
  return least.isShare ? 100 * score >= least.amount * maxScore : score >= least.amount
}

/** Throws InputError for more points than there are. */
export function checkReachable(least: Minimum | undefined, exercises: readonly Exercise[]): void {
  const most = pointsOfAll(exercises)
  if (least && !least.isShare && least.amount > most)
    throw new InputError(
      `--min-score must be a number from 0 to ${most}, got ${JSON.stringify(least.written)}`,
    )
}
