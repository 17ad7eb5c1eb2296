/** What experiments on real servers find. */

import type { Report } from '../../../../src/report/index.js'
import { all, cell, parameter, type Rule, rows, sum } from './values.js'

/** How many requests a server refused is in no table. */
const refused: Rule = (_, { measured }) => ({ measured, expected: 0 })

const hits = (report: Report, ratio: string) =>
  sum(rows(report, 'nodes').map((row) => Number(row.requests) * Number(row[ratio]))) /
  sum(all(report, 'nodes', 'requests'))

export const realRules: Record<string, Rule> = {
  'ring equal': (report) => ({
    measured: sum(all(report, 'distribution', 'found')),
    expected: sum(all(report, 'distribution', 'keys')),
  }),
  'ring refused-*': refused,
  'replicate equal': (report) => {
    const last = rows(report, 'availability').at(-1)
    return { measured: cell(last, 'readableReal'), expected: cell(last, 'readable') }
  },
  // Writes are in no table.
  'replicate acknowledged': (report, { measured }) => ({ measured, expected: parameter(report, 'keys') }),
  'replicate refused-*': refused,
  'evict distributed evicted': (report) => ({
    measured: hits(report, 'hitRatio'),
    expected: hits(report, 'roomRatio'),
  }),
  'evict distributed refused-*': refused,
  'lab failover factor': (report) => {
    const [simulated, real] = all(report, 'failover', 'outage')
    return { measured: real, expected: simulated }
  },
}
