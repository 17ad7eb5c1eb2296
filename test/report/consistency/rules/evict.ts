import type { Report } from '../../../../src/report/index.js'
import { cell, oneRow, parameter, type Rule, rows } from './values.js'

const counted = (report: Report, table: string, key: string, value: unknown) =>
  rows(report, table).filter((row) => row[key] === value).length

export const evictRules: Record<string, Rule> = {
  'evict theory': oneRow('hit-ratio', 'hitRatio', 'expected'),
  'evict lfu': oneRow('hit-ratio', 'hitRatio', 'expected'),
  'evict skew': (report) => {
    const cells = rows(report, 'hit-ratio')
    const least = Math.min(...cells.map((row) => Number(row.capacity)))
    const of = (workload: string) => (policy: unknown) =>
      Number(
        cells.find((row) => row.policy === policy && row.workload === workload && row.capacity === least)
          ?.hitRatio,
      )
    const names = [...new Set(cells.map(({ policy }) => policy))].filter((name) => name !== 'opt')
    return { measured: Math.max(...names.map((name) => of('zipf')(name) - of('uniform')(name))) }
  },
  'evict redis': (report) => {
    const of = (name: string) =>
      rows(report, 'hit-ratio').find(({ policy, workload }) => policy === name && workload === 'zipf')
    return { measured: cell(of('redis-lru'), 'hitRatio'), expected: cell(of('lru'), 'hitRatio') }
  },
  'evict best': (report) => ({
    measured: Math.max(
      ...rows(report, 'hit-ratio').flatMap(({ policy, hitRatio }) =>
        String(policy).startsWith('opt') ? [] : Number(hitRatio),
      ),
    ),
  }),
  'evict once': (report) => ({ measured: cell(rows(report, 'trace')[0], 'oneHitWonders') }),
  'evict curve half': (report) => {
    const curve = rows(report, 'curve')
    const first = curve.find((row) =>
      Object.entries(row).some(([key, value]) => key !== 'capacity' && Number(value) <= 0.5),
    )
    return { measured: cell(first, 'capacity') }
  },
  'evict curve floor': (report) => ({
    measured: Math.min(
      ...rows(report, 'curve').flatMap((row) =>
        Object.entries(row).flatMap(([key, value]) => (key === 'capacity' ? [] : Number(value))),
      ),
    ),
  }),
  'evict curve error-*': 'the exact curve is in no table',
  'evict curve spread': 'parts of the sample are in no table',
  'evict curve few': (report) => ({ measured: parameter(report, 'sampledKeys'), expected: 8192 }),
  'evict skew gain-*': (report, { id, measured }) => {
    const name = id.replace('gain-', '')
    const row = rows(report, 'skew').find(({ exponent }) => exponent === measured)
    return { measured: Number(row?.[name]) > Number(row?.random) ? cell(row, 'exponent') : undefined }
  },
  'evict distributed split': (report) => {
    const [first] = rows(report, 'designs')
    return { measured: cell(first, 'nodes'), expected: cell(first, 'oneCache') }
  },
  'evict distributed join': (report, { measured }) => ({
    // Each key’s node after the join is in no table.
    measured,
    expected: 1 / (rows(report, 'nodes').length + 1),
  }),
  'evict steps hits': (report) => ({ measured: counted(report, 'steps', 'result', 'hit') }),
}
