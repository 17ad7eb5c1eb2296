import { InputError } from '../../input-error.js'
import type { FindingDraft } from '../../report/build.js'
import { countOf, formatCount } from '../../report/format.js'

/**
 * How many of the random schedules aren't counted, because their faults make more wait than a simulation holds; false
 * where all are. Throws InputError where none is.
 */
export function leftOutFinding(checked: number, schedules: number, where = ''): FindingDraft | false {
  if (checked === 0 && schedules > 0)
    throw new InputError(
      `the faults of all ${countOf(schedules, 'schedule')} make more messages wait at once than a simulation holds; a smaller --rate or --duration makes them fewer`,
    )
  const count = schedules - checked
  return (
    count > 0 && {
      text: `${where}${where && ': '}${formatCount(count)} of ${countOf(schedules, 'schedule')} not counted: a node that is slow for long makes more messages wait at once than a simulation holds. A smaller --rate or --duration makes them fewer.`,
      measured: count,
    }
  )
}
