import { cell, oneRow, type Rule, rows, time } from './values.js'

export const tiersRules: Record<string, Rule> = {
  'tiers theory': (report, finding) => {
    const hits = oneRow('tiers', 'hitRatio', 'expectedHit') as Exclude<Rule, string>
    const stale = oneRow('tiers', 'staleShare', 'expectedStale') as Exclude<Rule, string>
    const numbers = hits(report, finding)
    return numbers.measured === undefined ? stale(report, finding) : numbers
  },
  'tiers stale': (report) => {
    const last = rows(report, 'sweep').findLast(({ localStale }) => localStale !== null)
    return { measured: cell(last ?? rows(report, 'tiers')[0], last ? 'localStale' : 'staleShare') }
  },
  'tiers duplicates': (report) => ({ measured: cell(rows(report, 'tiers')[0], 'duplicateShare') }),
  'tiers latency': (report, { expected }) => {
    const row = rows(report, 'tiers').find(({ design }) => design === 'distributed')
    const fetching = (1 - Number(row?.hitRatio)) * time(report, 'database') + time(report, 'hop')
    // The jitter, which is no parameter of the report, is at most 50 µs here.
    const jitter = (expected ?? 0) - fetching
    return { measured: cell(row, 'meanLatency'), expected: fetching + (jitter > 0.0501 ? 0 : jitter) }
  },
  'tiers restart': (report) => ({
    measured: cell(
      rows(report, 'tiers').find(({ design }) => design === 'local-messages'),
      'afterRestart',
    ),
  }),
  'tiers two-tiers': 'hits of one tier are in no table',
  'tiers crossover': (report) => {
    const points = rows(report, 'sweep').filter(({ fastest }) => fastest !== null)
    const gaps = points.map((row) => Number(row.localLatency) - Number(row.distributedLatency))
    const at = gaps.findIndex((gap, i) => i > 0 && gap > 0 !== gaps[i - 1] > 0)
    const [left, right] = [Number(points[at - 1].value), Number(points[at].value)]
    return { measured: left + ((right - left) * gaps[at - 1]) / (gaps[at - 1] - gaps[at]) }
  },
}
