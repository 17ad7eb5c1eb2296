import type { Progress } from '../../keys/index.js'
import { divide } from '../../parallel/division.js'
import { Pool } from '../../parallel/pool.js'
import { reportOf } from '../../report/build.js'
import { countOf, formatDuration, formatNumber, formatTime } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { mean } from '../../stats/summary.js'
import { seedsFrom } from '../ring/seeds.js'
import { tasks } from '../tasks.js'
import type { SentinelSetup } from './history.js'
import { CALM, type StallingOutcome, type StallingRun } from './stalling.js'

export interface SweepOptions {
  /** In milliseconds, ascending. */
  readonly downAfters: readonly number[]
  readonly runs: number
  /** Mean milliseconds between the stalls of a node, and mean length of a stall. */
  readonly stallEvery: number
  readonly stallFor: number
  readonly setup: SentinelSetup
}

/**
 * The trade-off of down-after: a short one mistakes stalls for failures, a long one detects failures late.
 * O(values × runs × requests).
 */
export async function sweepDownAfter(options: SweepOptions, progress?: Progress): Promise<Report> {
  const { runs, setup } = options
  const rows = await measure(options, progress)
  const [first, last] = [rows[0], rows[rows.length - 1]]
  const safe = rows.find((row) => row.falseFailovers === 0)
  return reportOf('sentinel run', {
    title: 'How long a master may be silent before it counts as down',
    parameters: {
      runs,
      stallEvery: formatTime(options.stallEvery),
      stallFor: formatTime(options.stallFor),
      duration: formatTime(setup.duration),
      rate: setup.rate,
      quorum: setup.quorum,
      sentinels: setup.sentinels,
      seed: setup.seed,
    },
    tables: {
      sweep: {
        title: `Means of ${countOf(runs, 'run')}; nodes stall at random; the outage is measured in a separate run in which the master dies`,
        columns: {
          downAfter: ['down-after', 'ms'],
          outage: ['outage', 'ms'],
          falseFailovers: ['false failovers', 'mean'],
          perHour: ['per hour', 'mean', 'detail'],
          stallsLonger: ['stalls longer', 'ratio'],
          lost: ['writes lost', 'mean'],
        },
        rows,
      },
    },
    figures: [
      {
        kind: 'curves',
        title: 'Outage and false failovers, each as a share of its largest',
        x: { label: 'down-after, ms', log: true },
        y: { label: 'share', unit: 'ratio' },
        series: (['outage', 'falseFailovers'] as const).map((key) => {
          const most = Math.max(...rows.map((row) => row[key] ?? 0))
          return {
            name: key === 'outage' ? 'outage' : 'false failovers',
            points: rows.map((row) => [row.downAfter, row[key] && row[key] / most] as const),
          }
        }),
      },
    ],
    findings: {
      outage:
        first.outage === null || last.outage === null
          ? 'Outage: no write was sent after the master died.'
          : {
              text: `Outage grows with down-after, its first and largest part: ${formatNumber(first.outage, 'ms')} at ${formatDuration(first.downAfter)}, ${formatNumber(last.outage, 'ms')} at ${formatDuration(last.downAfter)}.`,
              measured: last.outage - first.outage,
              expected: last.downAfter - first.downAfter,
            },
      false: {
        text: safe
          ? `No false failover from ${formatDuration(safe.downAfter)} on. A stall longer than down-after causes a needless failover: the old master becomes a replica and discards the writes that only it had.`
          : `Every down-after here has false failovers: some stalls, ${formatDuration(options.stallFor)} on average, last longer than each of them.`,
        ...(safe ? { measured: safe.downAfter } : {}),
      },
      choice:
        'Set down-after just above the longest stall of a healthy master: a slow command, a fork, the migration of a virtual machine.',
    },
  })
}

async function measure(options: SweepOptions, progress?: Progress) {
  const { downAfters, runs, setup } = options
  const { stallEvery, stallFor } = options
  const inputs = downAfters.flatMap((downAfter) =>
    seedsFrom(setup.seed, runs).map(
      (seed): StallingRun => ({ setup: { ...setup, downAfter, seed }, stallEvery, stallFor }),
    ),
  )
  const pool = new Pool(tasks, 1)
  const done = await divide<StallingRun, StallingOutcome>({
    name: 'runs',
    inputs,
    progress,
    run: (some, done) => pool.map('runStalling', some, done),
  }).finally(() => pool.close())
  const stalling = setup.duration - CALM
  return downAfters.flatMap((downAfter) => {
    const outcomes = done
      .filter(({ input }) => input.setup.downAfter === downAfter)
      .map(({ result }) => result)
    if (outcomes.length === 0) return []
    const outages = outcomes.flatMap(({ outage }) => outage ?? [])
    const falseFailovers = mean(outcomes.map((one) => one.falseFailovers))
    return {
      downAfter,
      outage: outages.length === 0 ? null : mean(outages),
      falseFailovers,
      perHour: (falseFailovers / stalling) * 3_600_000,
      lost: mean(outcomes.map((one) => one.lost)),
      stallsLonger: Math.exp(-downAfter / stallFor),
    }
  })
}
