/** What runs with a fault have in common, with Sentinels and in a cluster. */

import type { Report } from '../../../../src/report/index.js'
import { all, cell, parameter, type Rule, rows, sum, time } from './values.js'

export const errors: Rule = (report) => ({ measured: sum(all(report, 'timeline', 'errors')) })
/** The first event of a step; the table has whole milliseconds. */
export const step: Rule = (report, { id, measured }) => {
  const number = /PFAIL|1$/.test(id)
    ? 1
    : /FAIL|2$/.test(id)
      ? 2
      : /delay|3$/.test(id)
        ? 3
        : /election|4$/.test(id)
          ? 4
          : 5
  const first = rows(report, 'events').find((row) => row.step === String(number))
  return { measured: Math.round(measured ?? 0) === first?.at ? measured : cell(first, 'at') }
}
export const LEDGER = 'writes are in no table'
export const writesOfALag = (report: Report) =>
  (parameter(report, 'rate') * (1 - parameter(report, 'readRatio')) * time(report, 'lag')) / 1000
