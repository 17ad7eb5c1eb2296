import type { Progress } from '../../keys/index.js'
import { createRandom } from '../../random/random.js'
import { reportOf } from '../../report/build.js'
import { countOf, formatDuration, formatNumber, formatTime } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import type { Fault } from '../../simulation/faults.js'
import { mean } from '../../stats/summary.js'
import type { SentinelSetup } from './history.js'
import { runSentinels } from './timeline.js'

export interface SweepOptions {
  /** In milliseconds, ascending. */
  readonly downAfters: readonly number[]
  readonly runs: number
  /** Mean milliseconds between the stalls of a node, and mean length of a stall. */
  readonly stallEvery: number
  readonly stallFor: number
  readonly setup: SentinelSetup
}

/** Milliseconds of the run in which the master dies, and at the end of the other run without stalls. */
const DEATH = 15_000
const CALM = 15_000

/** Measurements of one run with one down-after. */
type SweepRun = Awaited<ReturnType<typeof runsWith>>

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
  const outcomes: SweepRun[][] = []
  for (const [i, downAfter] of downAfters.entries()) {
    const row: SweepRun[] = []
    for (let run = 0; run < runs; run++) {
      row.push(await runsWith({ ...setup, downAfter, seed: setup.seed + run }, options))
      progress?.(i * runs + run + 1, downAfters.length * runs)
    }
    outcomes.push(row)
  }
  const stalling = setup.duration - CALM
  return downAfters.map((downAfter, i) => {
    const outages = outcomes[i].flatMap(({ outage }) => outage ?? [])
    const falseFailovers = mean(outcomes[i].map((one) => one.falseFailovers))
    return {
      downAfter,
      outage: outages.length === 0 ? null : mean(outages),
      falseFailovers,
      perHour: (falseFailovers / stalling) * 3_600_000,
      lost: mean(outcomes[i].map((one) => one.lost)),
      stallsLonger: Math.exp(-downAfter / options.stallFor),
    }
  })
}

async function runsWith(setup: SentinelSetup, { stallEvery, stallFor }: SweepOptions) {
  const stalling = setup.duration - CALM
  const random = createRandom(setup.seed, 'stalls')
  const faults: Fault[] = []
  const exponential = (average: number) => -Math.log(1 - random.next()) * average
  // Every node stalls at the same rate, as any of them may become master.
  for (let node = 0; node <= setup.replicas; node++) {
    for (let at = exponential(stallEvery); at < stalling; at += exponential(stallEvery)) {
      faults.push({ kind: 'stall', at, node, duration: exponential(stallFor) })
    }
  }
  const calm = { ...setup, faults }
  const run = await runSentinels(calm)
  const switches = run.history.events.filter(
    ({ name, time }) => name === '+failover-end' && time < setup.duration,
  )
  const killed = await runSentinels({
    ...setup,
    faults: [{ kind: 'kill', at: 2000, node: 0 }],
    duration: DEATH,
  })
  return {
    falseFailovers: switches.length,
    // Without a write there is no time between two.
    outage: killed.intervals.hasWrites(2000) ? killed.intervals.longestGap(2000).length : null,
    lost: run.history.lost,
  }
}
