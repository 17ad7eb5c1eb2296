import type { WriteMode } from '../../cache-cluster/client.js'
import { type ClusterPromise, promisesOf } from '../../cache-cluster/promises.js'
import type { Progress } from '../../keys/index.js'
import { Pool } from '../../parallel/pool.js'
import { formatCount } from '../../report/format.js'
import type { Finding, Report } from '../../report/index.js'
import { tasks } from '../tasks.js'
import { timelineCommand } from './command-line.js'
import type { HistorySetup } from './history.js'
import { type Counterexample, shrinkCounterexample, type Verdict } from './schedules.js'
import { parametersOf, positionsOf } from './setup.js'

export interface CheckOptions extends Omit<HistorySetup, 'mode' | 'faults'> {
  readonly modes: readonly WriteMode[]
  /** Random schedules for each mode. */
  readonly schedules: number
}

/** Schedules that one core works on at a time. */
const BATCH = 25

/** One promise under one mode. */
interface Row {
  readonly setup: HistorySetup
  readonly promise: ClusterPromise
  readonly broken: number
  readonly example: Counterexample | undefined
}

/**
 * Random fault schedules against the promises of each write mode, and for each promise that a mode breaks the
 * smallest schedule found that breaks it. On all cores.
 */
export async function replicationCheck(options: CheckOptions, progress?: Progress): Promise<Report> {
  const positions = await positionsOf({ ...options, mode: 'sync' })
  const first = options.seed ?? 1
  const pool = new Pool(tasks)
  const rows: Row[] = []
  const total = options.modes.length * options.schedules
  let done = 0
  try {
    for (const mode of options.modes) {
      const setup: HistorySetup = { ...options, mode, faults: [] }
      const ranges = Array.from({ length: Math.ceil(options.schedules / BATCH) }, (_, i) => ({
        setup,
        positions,
        first: first + i * BATCH,
        count: Math.min(BATCH, options.schedules - i * BATCH),
      }))
      const verdicts = await pool.map('checkSchedules', ranges, () => {
        done = Math.min(total, done + BATCH)
        progress?.(done, total)
      })
      rows.push(...merge(setup, positions, verdicts))
    }
  } finally {
    await pool.close()
  }
  return {
    schema: 'cachelab/report@1',
    command: 'replicate check',
    title: `What each write mode promises, and what ${formatCount(options.schedules)} schedules of faults say`,
    parameters: {
      ...parametersOf({ ...options, mode: 'quorum' }),
      mode: options.modes.join(','),
      detect: options.patience,
      duration: options.duration,
      rate: options.rate,
      readRatio: options.readRatio,
    },
    tables: [
      {
        name: 'promises',
        title:
          'Schedules that broke a promise; an acknowledged write is one that the client was told is done',
        columns: [
          { key: 'mode', label: 'mode' },
          { key: 'promise', label: 'promise' },
          { key: 'meant', label: 'should keep' },
          { key: 'schedules', label: 'schedules', unit: 'count', detail: true },
          { key: 'broken', label: 'broken by', unit: 'count' },
          { key: 'kept', label: 'keeps' },
        ],
        rows: rows.map(({ setup, promise, broken }) => ({
          mode: setup.mode,
          promise: promise.text,
          meant: promise.isMeant,
          schedules: options.schedules,
          broken,
          kept: broken === 0,
        })),
      },
    ],
    findings: rows.flatMap(findingOf),
  }
}

/** Adds up what the parts of the schedules gave, and shrinks the first counterexample to each promise. */
function merge(setup: HistorySetup, positions: Uint32Array, parts: readonly (readonly Verdict[])[]): Row[] {
  return promisesOf(setup).map((promise, i) => {
    const example = parts.find((verdicts) => verdicts[i].first)?.[i].first
    return {
      setup,
      promise,
      broken: parts.reduce((sum, verdicts) => sum + verdicts[i].broken, 0),
      example: example && shrinkCounterexample(setup, positions, promise, example),
    }
  })
}

function findingOf({ setup, promise, broken, example }: Row): Finding[] {
  const { mode } = setup
  if (!example) {
    if (promise.isMeant) return []
    return [
      {
        id: `${mode}-${promise.id}`,
        text: `${mode} does not promise this, but no schedule here broke it: ${promise.text} Try more --schedules.`,
        measured: 0,
      },
    ]
  }
  const command = timelineCommand({ ...setup, seed: example.seed, faults: example.faults })
  return [
    {
      id: `${mode}-${promise.id}`,
      text: `${mode} ${promise.isMeant ? 'should keep, and breaks' : 'breaks, as it may'}: ${promise.text} See it with: ${command}`,
      measured: broken,
      ...(promise.isMeant ? { expected: 0, ok: false } : {}),
    },
  ]
}
