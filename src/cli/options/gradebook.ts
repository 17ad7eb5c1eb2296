import type { LateRate } from '../../grading/gradebook/lateness.js'
import { timeIn } from '../../grading/gradebook/time.js'
import { InputError } from '../../input-error.js'
import { option } from './declare.js'

const HOUR_MS = 3_600_000
const PERIODS: Readonly<Record<string, number>> = { hour: HOUR_MS, day: 24 * HOUR_MS }

/** What `grade --batch` knows beside the submissions. */
export const gradebookOptions = {
  roster: option('<file>', 'with --batch, students in CSV: folder or id, name, and the time of submission'),
  deadline: option('<moment>', 'with --batch, when it was due, such as 2026-12-01T12:00+01:00', moment),
  late: option('<rate>', 'what being late costs of all points, such as 10%/day or 1%/hour', rate),
  adjust: option(
    '<file>',
    'with --batch, points by hand in CSV: student, exercise or nothing, points, reason',
  ),
}

function moment(text: string, flag: string): Date {
  const at = timeIn(text)
  if (!at)
    throw new InputError(
      `${flag} must be a time with its zone, such as 2026-12-01T12:00+01:00, got ${JSON.stringify(text)}`,
    )
  return at
}

function rate(text: string, flag: string): LateRate {
  const [, percent, period] = /^(\d{1,3}(?:\.\d+)?)%\/(hour|day)$/.exec(text) ?? []
  if (percent === undefined || !(Number(percent) > 0 && Number(percent) <= 100))
    throw new InputError(
      `${flag} must be more than 0% and at most 100% a day or hour, such as 10%/day, got ${JSON.stringify(text)}`,
    )
  return { share: Number(percent) / 100, periodMs: PERIODS[period] }
}
