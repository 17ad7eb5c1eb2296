import { errors, LEDGER, step, writesOfALag } from './failover.js'
import { cell, type Rule, rows, time } from './values.js'

export const sentinelRules: Record<string, Rule> = {
  'sentinel run step-*': step,
  'sentinel show step-*': step,
  'sentinel run errors': errors,
  'sentinel show errors': errors,
  'sentinel run lost': (report, { measured, expected }) => ({
    measured,
    expected: expected === undefined ? undefined : writesOfALag(report),
  }),
  'sentinel show lost': LEDGER,
  'sentinel run messages': 'messages are in no table',
  'sentinel show messages': 'messages are in no table',
  'sentinel show outage': 'single writes are in no table',
  'sentinel run outage': (report, { measured, expected }) => {
    const sweep = rows(report, 'sweep')
    if (sweep.length === 0)
      // Single writes are in no table.
      return { measured, expected: expected === undefined ? undefined : time(report, 'downAfter') + 1200 }
    const [first, last] = [sweep[0], sweep[sweep.length - 1]]
    const grown = (key: string) => Number(last[key]) - Number(first[key])
    return { measured: grown('outage'), expected: grown('downAfter') }
  },
  'sentinel run false': (report) => ({
    measured: cell(
      rows(report, 'sweep').find(({ falseFailovers }) => falseFailovers === 0),
      'downAfter',
    ),
  }),
}
