import type { WriteMode } from '../../cache-cluster/client.js'
import { type ClusterPromise, promisesOf } from '../../cache-cluster/promises.js'
import type { Progress } from '../../keys/index.js'
import { divide } from '../../parallel/division.js'
import { Pool } from '../../parallel/pool.js'
import { sharedCopy } from '../../parallel/shared.js'
import { type FindingDraft, type Findings, reportOf } from '../../report/build.js'
import { formatCount } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { partsOf } from '../../simulation/schedules.js'
import { leftOutFinding } from '../nodes/left-out.js'
import { type Tasks, tasks } from '../tasks.js'
import { timelineCommand } from './command-line.js'
import type { HistorySetup } from './history.js'
import type { Counterexample, Verdict } from './schedules.js'
import { parametersOf, positionsOf } from './setup.js'

export interface CheckOptions extends Omit<HistorySetup, 'mode' | 'faults'> {
  readonly modes: readonly WriteMode[]
  /** Random schedules for each mode. */
  readonly schedules: number
}

/** One promise under one mode. */
export interface PromiseRow {
  readonly setup: HistorySetup
  readonly promise: ClusterPromise
  /** Schedules of which results are there: all, but for a partial report. */
  readonly tried: number
  /** Schedules that were checked: the faults of the others make too much wait. */
  readonly checked: number
  readonly broken: number
  readonly example: Counterexample | undefined
}

/**
 * Runs random fault schedules against the promises of each write mode, on all cores. Each broken promise is shown with
 * the smallest schedule found that breaks it.
 */
export async function replicationCheck(options: CheckOptions, progress?: Progress): Promise<Report> {
  const rows = await measure(options, progress)
  return reportOf('replicate check', {
    title: `Promises of each write mode under ${formatCount(options.schedules)} random fault schedules`,
    parameters: {
      ...parametersOf({ ...options, mode: 'quorum' }),
      mode: options.modes.join(','),
      detect: options.patience,
      duration: options.duration,
      rate: options.rate,
      readRatio: options.readRatio,
    },
    tables: {
      promises: {
        title:
          'Schedules that broke a promise; a write is acknowledged once the client has been told that it succeeded',
        columns: {
          mode: 'mode',
          promise: 'promise',
          meant: 'should keep',
          schedules: ['schedules', 'count', 'detail'],
          broken: ['broken by', 'count'],
          kept: 'keeps',
        },
        rows: rows.map(({ setup, promise, checked, broken }) => ({
          mode: setup.mode,
          promise: promise.text,
          meant: promise.isMeant,
          schedules: checked,
          broken,
          kept: broken === 0,
        })),
      },
    },
    findings: {
      ...leftOutFindings(rows),
      ...Object.fromEntries(
        rows.map((row) => [`${row.setup.mode}-${row.promise.id}`, promiseFinding(row)] as const),
      ),
    },
  })
}

/** How many schedules of each mode aren't counted. */
const leftOutFindings = (rows: readonly PromiseRow[]): Findings =>
  Object.fromEntries(
    rows.map(({ setup: { mode }, checked, tried }) => [
      `${mode}-left-out`,
      leftOutFinding(checked, tried, mode),
    ]),
  )

async function measure(options: CheckOptions, progress?: Progress): Promise<PromiseRow[]> {
  const positions = sharedCopy(await positionsOf({ ...options, mode: 'sync' }))
  const setups = options.modes.map((mode): HistorySetup => ({ ...options, mode, faults: [] }))
  const ranges = setups.flatMap((setup) =>
    partsOf(options.seed ?? 1, options.schedules).map((part) => ({ setup, ...part })),
  )
  const pool = new Pool(tasks, 1)
  try {
    const verdicts = await divide<(typeof ranges)[number], Verdict[]>({
      name: 'schedules',
      inputs: ranges,
      cost: ({ count }) => count,
      progress,
      run: (some, done) => pool.map('checkSchedules', some, done, (range) => ({ ...range, positions })),
    })
    const rows: PromiseRow[] = []
    for (const setup of setups) {
      const ofMode = verdicts.filter(({ input }) => input.setup === setup)
      // Of a partial report: no schedule of this mode is there.
      if (ofMode.length === 0) continue
      const counted = ofMode.map(({ result }) => result)
      rows.push(...(await merge(setup, sumOf(ofMode.map(({ input }) => input)), positions, counted, pool)))
    }
    return rows
  } finally {
    await pool.close()
  }
}

const sumOf = (ranges: readonly { readonly count: number }[]): number =>
  ranges.reduce((sum, { count }) => sum + count, 0)

/** Adds up the counts of all parts, and shrinks the first counterexample to each promise. */
async function merge(
  setup: HistorySetup,
  tried: number,
  positions: Uint32Array,
  parts: readonly (readonly Verdict[])[],
  pool: Pool<Tasks>,
): Promise<PromiseRow[]> {
  const promises = promisesOf(setup)
  const found = promises.flatMap(({ id }, i) => {
    const example = parts.find((verdicts) => verdicts[i].first)?.[i].first
    return example ? [{ setup, positions, promise: id, example }] : []
  })
  const least = await pool.map('shrinkCounterexample', found)
  return promises.map((promise, i) => ({
    setup,
    promise,
    tried,
    checked: parts.reduce((sum, verdicts) => sum + verdicts[i].checked, 0),
    broken: parts.reduce((sum, verdicts) => sum + verdicts[i].broken, 0),
    example: least[found.findIndex(({ promise: id }) => id === promise.id)],
  }))
}

/** What to conclude about a promise, where there is something to conclude. */
export function promiseFinding({ setup, promise, broken, example }: PromiseRow): FindingDraft | false {
  const { mode } = setup
  if (!example)
    return (
      !promise.isMeant && {
        text: `${mode} does not promise this, yet no schedule broke it: ${promise.text} Try more --schedules.`,
        measured: 0,
      }
    )
  const command = timelineCommand({ ...setup, seed: example.seed, faults: example.faults })
  return {
    text: `${mode} ${promise.isMeant ? 'should keep this promise and breaks it' : 'does not promise this and breaks it'}: ${promise.text} Reproduce with:`,
    command,
    measured: broken,
    ...(promise.isMeant && { expected: 0, ok: false }),
  }
}
