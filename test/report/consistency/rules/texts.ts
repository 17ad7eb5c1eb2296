import type { Report } from '../../../../src/report/index.js'
import { all, cell, type Finding, parameter, rows, sum, time } from './values.js'

/** Numbers that a text may have besides those of its finding and its report, or why the report doesn't hold them. */
type Told = string | readonly number[] | ((report: Report, finding: Finding) => readonly number[])

const LEDGER = 'writes are in no table'
const MODEL = 'what the model of memory and disks gives is in no table'
const moves: Record<string, Told> = {
  lost: LEDGER,
  time: 'which keys moved is in no table',
  redirections: 'the moves’ times are in no table',
}
/** Deviations at both ends of a change; the first is in no table. */
const BEFORE = 'the balance before the change is in no table'

export const told: Record<string, Told> = {
  ...Object.fromEntries(
    ['add-node', 'remove-node', 'reshard'].flatMap((command) =>
      Object.entries(moves).map(([id, rule]) => [`cluster ${command} ${id}`, rule]),
    ),
  ),
  // Redis keeps a quarter of its memory free; a replica for each master.
  'cluster choose choice': (report) => [75, masters(report)],
  'cluster choose lesson': (report) => [masters(report), 2 * masters(report)],
  'cluster compare throughput': 'one master’s writes are in no table',
  'cluster failover errors': 'errors of a kind are in no table',
  'cluster failover lost': LEDGER,
  'cluster failover messages': (report) => [
    parameter(report, 'masters') * (1 + parameter(report, 'replicas')),
  ],
  'cluster failover outage': (report) => [
    500,
    time(report, 'nodeTimeout') + 500,
    2 * time(report, 'nodeTimeout') + 1300,
  ],
  'cluster slot sum': [16384],
  'cluster create ranges': (report) => [16384, Math.floor(16384 / parameter(report, 'masters'))],
  'cluster verify work': LEDGER,
  'evict theory': (report) => compared(report, 'hit-ratio', [['hitRatio', 'expected']]),
  'evict redis': (report, { measured, expected }) => {
    const random = rows(report, 'hit-ratio').find(
      ({ policy, workload }) => policy === 'random' && workload === 'zipf',
    )
    const floor = Number(cell(random, 'hitRatio'))
    return [(Number(measured) - floor) / (Number(expected) - floor)]
  },
  'evict skew': (report) => {
    const cells = rows(report, 'hit-ratio')
    const gains = cells.flatMap((row) =>
      cells
        .filter((other) => other.policy === row.policy && other.capacity === row.capacity)
        .map((other) => Number(row.hitRatio) - Number(other.hitRatio)),
    )
    return [...gains, ...gains.flatMap((a) => gains.map((b) => a - b))].map((gain) => 100 * gain)
  },
  'evict skew gain-*': 'gains are differences of the same run, which the table has the means of',
  'evict once': (report, { measured }) => [Math.round(Number(measured) * all(report, 'trace', 'keys')[0])],
  'evict curve spread': [8],
  // 8192 keys are said to bring the error of a sample to a hundredth (Waldspurger, SHARDS).
  'evict curve few': [0.01],
  'evict distributed join': (report) => [rows(report, 'nodes').length + 1],
  'evict workloads zipf': 'requests of each rank are in no table',
  'memcached calcify mover': [30, 0.8],
  'memcached calcify rule': [1.5],
  'memcached compare threads': (report) => {
    const speeds = all(report, 'threads', 'throughput')
    return speeds.map((speed) => speed / speeds[0])
  },
  'memcached compare model': [8, 2],
  'memcached slabs refused': 'the header of an item is in no table',
  'memcached slabs waste': (report) => [1 - 1 / parameter(report, 'factor')],
  'redis choose choice-*': MODEL,
  'redis complexity lesson': [2.6],
  'redis complexity simplified-*': [128, 8, 10],
  'redis durability always': MODEL,
  'redis durability fork': MODEL,
  'redis durability model': MODEL,
  'redis durability restart': [64e6],
  'redis durability power': 'the table has losses in milliseconds of two configurations only',
  'redis durability lesson': 'the table has losses in milliseconds of two configurations only',
  'replicate amplification': 'messages are in no table',
  'replicate copies': (report, { measured }) => [Number(measured) / rows(report, 'copies').length],
  'replicate scale moved': (report) => [parameter(report, 'nodes') + 1],
  'replicate timeline replication':
    'when the last fault ends is a parameter’s text, what follows is in no table',
  'replicate timeline service':
    'requests are in the table by the time at which they began, not at which they failed',
  'replicate timeline writable': 'single requests are in no table',
  'replicate timeline fresh': 'single requests are in no table',
  'replicate timeline stale': (report, { measured }) => [
    Number(measured) / sum(all(report, 'timeline', 'reads')),
  ],
  'ring balance': 'how probable a deviation is, is in no table',
  'ring compare balance': 'how many nodes there are after the change is in no table',
  'ring min-vnodes help': 'other settings are in no table',
  'ring min-vnodes single-ring': 'the one ring is tried with up to 1,000 numbers, which are in no table',
  'ring rolling moved': 'hash mod N’s keys in each step are in no table',
  'ring rolling balance': BEFORE,
  'ring rolling at-once': (report, { measured }) => [sum(all(report, 'steps', 'moved')) - Number(measured)],
  'ring rolling names': [2],
  'ring sweep price': (report) => {
    const vnodes = all(report, 'sweep', 'vnodes')
    return [Math.sqrt(vnodes[vnodes.length - 1] / vnodes[0])]
  },
  'sentinel run lost': LEDGER,
  'sentinel run outage': (report) => [time(report, 'downAfter') + 200, time(report, 'downAfter') + 1700],
  'tiers theory': (report) =>
    compared(report, 'tiers', [
      ['hitRatio', 'expectedHit'],
      ['staleShare', 'expectedStale'],
    ]),
  'tiers latency': (report) => all(report, 'tiers', 'hitRatio').map((hits) => 1 - hits),
  'tiers restart': 'the table has the server’s hit ratio in each interval, not over 500 reads',
  'tiers duplicates': (report) => [parameter(report, 'capacity') / parameter(report, 'servers')],
  'try checks': 'checks that were left out are in no table',
  'try like': 'single requests are in no table',
}

/** Bytes of a parameter such as `1.00 TB`. */
const bytes = (report: Report, key: string) =>
  parameter(report, key) *
  1000 **
    ['B', 'kB', 'MB', 'GB', 'TB'].indexOf(
      String((report.parameters as Record<string, unknown>)[key]).split(' ')[1],
    )

function masters(report: Report): number {
  return Math.ceil(bytes(report, 'data') / (0.75 * bytes(report, 'memory')))
}

/** Of each pair that a theory is compared by: how many there are, and by how much they differ. */
function compared(report: Report, table: string, pairs: readonly (readonly [string, string])[]): number[] {
  const gaps = rows(report, table).flatMap((row) =>
    pairs.flatMap(([measured, expected]) =>
      typeof row[measured] === 'number' && typeof row[expected] === 'number'
        ? [Number(row[measured]) - Number(row[expected])]
        : [],
    ),
  )
  return [gaps.length, ...gaps]
}
