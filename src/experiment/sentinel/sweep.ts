import type { Progress } from '../../keys/index.js'
import { createRandom } from '../../random/random.js'
import { reportOf } from '../../report/build.js'
import { formatNumber, formatTime } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import type { Fault } from '../../simulation/faults.js'
import { mean } from '../../stats/summary.js'
import type { SentinelSetup } from './history.js'
import { runSentinels } from './timeline.js'

export interface SweepOptions {
  /** Milliseconds each, ascending. */
  readonly downAfters: readonly number[]
  readonly runs: number
  /** Milliseconds from one stall of the master to the next, and of a stall, on average. */
  readonly stallEvery: number
  readonly stallFor: number
  readonly setup: SentinelSetup
}

/** The run in which the master dies, and the time at the end of the other in which nothing stalls. */
const DEATH = 15_000
const CALM = 15_000

/** What one run measured with one value of down-after. */
type SweepRun = Awaited<ReturnType<typeof runsWith>>

/**
 * A master that stalls now and then, and another that dies: a short down-after takes stalls for death, a long one leaves
 * the dead unnoticed. O(values × runs × requests).
 */
export async function sweepDownAfter(options: SweepOptions, progress?: Progress): Promise<Report> {
  const { runs, setup } = options
  const rows = await measure(options, progress)
  const [first, last] = [rows[0], rows[rows.length - 1]]
  const safe = rows.find((row) => row.falseFailovers === 0)
  return reportOf('sentinel run', {
    title: 'How long to wait before a silent master counts as dead',
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
        title: `Means of ${runs} ${runs === 1 ? 'run' : 'runs'}; every node stalls now and then; in a run of its own the master dies`,
        columns: {
          downAfter: ['down-after', 'ms'],
          outage: ['outage', 'ms'],
          falseFailovers: ['false failovers', 'mean'],
          perHour: ['an hour', 'mean', 'detail'],
          stallsLonger: ['stalls longer', 'ratio'],
          lost: ['writes lost', 'mean'],
        },
        rows,
      },
    },
    plots: [
      {
        kind: 'curves',
        title: 'Outage and false failovers, each as a share of its largest',
        x: { label: 'down-after, ms', log: true },
        y: { label: 'share', unit: 'ratio' },
        series: (['outage', 'falseFailovers'] as const).map((key) => {
          const most = Math.max(...rows.map((row) => row[key]), Number.MIN_VALUE)
          return {
            name: key === 'outage' ? 'outage' : 'false failovers',
            points: rows.map((row) => [row.downAfter, row[key] / most] as const),
          }
        }),
      },
    ],
    findings: {
      outage: {
        text: `Outage grows with down-after, as it is the first thing that is waited for: ${formatNumber(first.outage, 'ms')} at ${formatTime(first.downAfter)}, ${formatNumber(last.outage, 'ms')} at ${formatTime(last.downAfter)}.`,
        measured: last.outage - first.outage,
        expected: last.downAfter - first.downAfter,
      },
      false: {
        text: safe
          ? `False alarms end at ${formatTime(safe.downAfter)} here. A stall longer than down-after is a failover that nobody needed: the old master comes back as a replica, and what it had acknowledged alone is lost.`
          : `No value here ends false alarms: stalls of ${formatTime(options.stallFor)} on average are longer than each of them now and then.`,
        ...(safe ? { measured: safe.downAfter } : {}),
      },
      choice:
        'So: longer than the longest stall that you expect of a healthy master (a long command, a fork, a virtual machine that moves), and no longer.',
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
    const falseFailovers = mean(outcomes[i].map((one) => one.falseFailovers))
    return {
      downAfter,
      outage: mean(outcomes[i].map((one) => one.outage)),
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
  // Every node stalls as often: whichever is master then.
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
    outage: killed.intervals.longestGap(2000).length,
    lost: run.history.lost,
  }
}
