import type { Progress } from '../../keys/index.js'
import { divide } from '../../parallel/division.js'
import { Pool } from '../../parallel/pool.js'
import { textOf } from '../../redis-deployment/cluster/node-event.js'
import { reportOf, type TableDraft } from '../../report/build.js'
import { countOf, formatCount, formatTime } from '../../report/format.js'
import type { Finding, Report } from '../../report/index.js'
import { partsOf } from '../../simulation/schedules.js'
import { eventText, faultText } from '../nodes/fault-text.js'
import { leftOutFinding } from '../nodes/left-out.js'
import { tasks } from '../tasks.js'
import { invariantIds, invariants, type LossWay, lossWays } from './audit.js'
import { parametersOf } from './failover.js'
import { WARM_UP } from './history.js'
import { type ClusterSetup, clusterDefaults, clusterNames } from './setup.js'
import {
  type BrokenInvariant,
  type Counterexample,
  noCounts,
  type VerifyCounts,
  type VerifyRange,
  verifyLong,
} from './verify-run.js'

export interface VerifyOptions {
  readonly setup: ClusterSetup
  /** Random schedules, the first with the setup's seed. */
  readonly schedules: number
}

/**
 * Checks the invariants of a cluster under random faults while slots move, on all cores. For each broken invariant it
 * finds a minimal schedule. About 70 ms a schedule.
 */
export async function verifyCluster(options: VerifyOptions, progress?: Progress): Promise<Report> {
  const { setup, schedules } = options
  const pool = new Pool(tasks, 1)
  const counts = noCounts()
  let tried = 0
  let found: BrokenInvariant[]
  let least: Counterexample[]
  try {
    const parts = await divide<VerifyRange, VerifyCounts>({
      name: 'schedules',
      inputs: partsOf(setup.seed, schedules).map((part) => ({ setup, ...part })),
      cost: ({ count }) => count,
      progress,
      run: (ranges, done) => pool.map('verifySchedules', ranges, done),
    })
    for (const { input, result } of parts) {
      tried += input.count
      add(counts, result)
    }
    found = invariantIds.flatMap((invariant) => {
      const example = counts.first[invariant]
      return example ? [{ setup, invariant, example }] : []
    })
    least = await pool.map('shrinkViolation', found)
  } finally {
    await pool.close()
  }
  return reportOf('cluster verify', {
    ...frame(
      setup,
      `Guarantees of a cluster, checked with ${formatCount(schedules)} random schedules of faults`,
    ),
    tables: {
      invariants: {
        title: 'Schedules that broke an invariant',
        columns: {
          invariant: 'invariant',
          schedules: ['schedules', 'count', 'detail'],
          broken: ['broken by', 'count'],
          holds: 'holds',
        },
        rows: invariantIds.map((id) => ({
          invariant: invariants[id],
          schedules: counts.checked,
          broken: counts.broken[id],
          holds: counts.broken[id] === 0,
        })),
      },
      losses: lossTable(counts),
    },
    findings: {
      work: {
        text: `${countOf(counts.failovers, 'failover')} and ${countOf(counts.slotsMoved, 'move')} of slots in all schedules.`,
        measured: counts.failovers,
      },
      'left-out': leftOutFinding(counts.checked, tried),
      ...Object.fromEntries(
        found.map((one, i) => [one.invariant, violationFinding(one, least[i], counts)] as const),
      ),
    },
  })
}

/** One schedule, event by event. */
export async function verifySchedule(setup: ClusterSetup, progress?: Progress): Promise<Report> {
  const { audit, history, slotsMoved } = await verifyLong(setup, progress)
  const { events, names, ledger } = history.cluster
  const counts: VerifyCounts = { ...noCounts(), losses: audit.losses, acknowledged: ledger.count }
  return reportOf('cluster verify', {
    ...frame(setup, 'Guarantees of a cluster, checked with one schedule of faults'),
    tables: {
      violations: {
        title: audit.violations.length > 0 ? 'Broken invariants' : 'All invariants hold',
        columns: {
          invariant: 'invariant',
          text: 'observed',
        },
        rows: audit.violations
          .slice(0, 20)
          .map(({ invariant, text }) => ({ invariant: invariants[invariant], text })),
      },
      losses: lossTable(counts),
      events: {
        title: 'Faults, and events of the nodes',
        columns: {
          at: ['at', 'ms'],
          who: 'who',
          event: 'event',
        },
        rows: [
          ...setup.faults.map((fault) => ({ at: fault.at, who: '', event: eventText(fault, names) })),
          ...events.map((event) => ({
            at: Math.round(event.time - WARM_UP),
            who: names[event.node],
            event: textOf(event, names),
          })),
        ].sort((a, b) => a.at - b.at),
      },
    },
    findings: [
      {
        id: 'work',
        text: `${countOf(slotsMoved, 'slot')} moved; ${formatCount(history.lost.length)} of ${countOf(ledger.count, 'acknowledged write')} and initial keys are lost.`,
        measured: history.lost.length,
      },
    ],
  })
}

function frame(setup: ClusterSetup, title: string) {
  return {
    title,
    parameters: { ...parametersOf(setup), tags: setup.tags, duration: formatTime(setup.duration) },
  }
}

function add(counts: VerifyCounts, part: VerifyCounts): void {
  for (const id of invariantIds) {
    counts.broken[id] += part.broken[id]
    if (!counts.first[id]) Object.assign(counts.first, { [id]: part.first[id] })
  }
  for (const way of Object.keys(lossWays) as LossWay[]) counts.losses[way] += part.losses[way]
  counts.checked += part.checked
  counts.acknowledged += part.acknowledged
  counts.failovers += part.failovers
  counts.slotsMoved += part.slotsMoved
}

function lossTable({ losses, acknowledged }: VerifyCounts): TableDraft {
  return {
    title: `Lost writes of ${formatCount(acknowledged)} acknowledged ones, by the documented ways to lose them`,
    columns: {
      way: 'cause',
      lost: ['lost', 'count'],
    },
    rows: (Object.keys(lossWays) as LossWay[]).map((way) => ({ way: lossWays[way], lost: losses[way] })),
  }
}

/** An invariant that a schedule breaks, with the command that shows it. */
export function violationFinding(
  { setup, invariant: id }: BrokenInvariant,
  least: Counterexample,
  counts: VerifyCounts,
): Omit<Finding, 'id'> {
  return {
    text: `Broken: ${invariants[id]} ${least.text}. Reproduce with:`,
    command: commandOf({ ...setup, ...least }),
    measured: counts.broken[id],
    expected: 0,
    ok: false,
  }
}

function commandOf(setup: ClusterSetup): string {
  const names = clusterNames(setup)
  return [
    'cachelab cluster verify',
    `--masters ${setup.masters} --replicas ${setup.replicas} --seed ${setup.seed}`,
    `--duration ${formatTime(setup.duration)} --rate ${setup.rate} --hop ${formatTime(setup.hop)}`,
    `--node-timeout ${formatTime(setup.nodeTimeout)}`,
    ...(['jitter', 'service', 'lag', 'timeout'] as const)
      .filter((name) => setup[name] !== clusterDefaults[name])
      .map((name) => `--${name} ${formatTime(setup[name])}`),
    ...(setup.readRatio === clusterDefaults.readRatio ? [] : [`--read-ratio ${setup.readRatio}`]),
    ...(setup.clients === clusterDefaults.clients ? [] : [`--clients ${setup.clients}`]),
    ...(setup.fullCoverage ? [] : ['--no-full-coverage']),
    ...(setup.faults.length > 0 ? setup.faults.map((fault) => faultText(fault, names)) : ['--calm']),
  ].join(' ')
}
