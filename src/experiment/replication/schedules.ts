import type { Parts } from '../../cache-cluster/cluster.js'
import { broken, promisesOf } from '../../cache-cluster/promises.js'
import { createRandom } from '../../random/random.js'
import type { Fault } from '../../simulation/faults.js'
import { randomSchedule, rounder, unlessOverloaded, withoutMisplaced } from '../../simulation/schedules.js'
import { shrink } from '../../simulation/shrink.js'
import { type HistorySetup, runHistory } from './history.js'

/** Faults in one schedule, at most. */
const MAX_FAULTS = 8

/** Schedules to try, by their numbers: each is the seed of its own faults, requests and ring. */
export interface ScheduleRange {
  /** Without faults; each schedule brings its own. */
  readonly setup: HistorySetup
  readonly positions: Uint32Array
  readonly first: number
  readonly count: number
}

/** How often a promise was broken, and the first schedule that broke it. */
export interface Verdict {
  readonly id: string
  /** Schedules that a simulation can hold. */
  readonly checked: number
  readonly broken: number
  readonly first: Counterexample | undefined
}

export interface Counterexample {
  readonly seed: number
  readonly faults: readonly Fault[]
}

/** A schedule that breaks the promise with this id. */
export interface BrokenPromise {
  readonly setup: HistorySetup
  readonly positions: Uint32Array
  readonly promise: string
  readonly example: Counterexample
}

/** Runs random schedules and counts, for each promise, those that broke it. */
export function checkSchedules(
  { setup, positions, first, count }: ScheduleRange,
  parts?: Partial<Parts>,
): Verdict[] {
  const promises = promisesOf(setup)
  const counts = promises.map(() => 0)
  const firsts = promises.map((): Counterexample | undefined => undefined)
  let checked = 0
  for (let seed = first; seed < first + count; seed++) {
    const faults = scheduleOf(setup, seed)
    const audit = auditOf({ ...setup, seed }, faults, positions, parts)
    if (!audit) continue
    checked++
    for (const [i, promise] of promises.entries()) {
      if (broken(promise, audit.flaws).length === 0) continue
      counts[i]++
      firsts[i] ??= { seed, faults }
    }
  }
  return promises.map(({ id }, i) => ({ id, checked, broken: counts[i], first: firsts[i] }))
}

/** What clients were promised under a schedule and didn’t get; undefined where its faults make too much wait. */
const auditOf = (
  setup: HistorySetup,
  schedule: readonly Fault[],
  positions: Uint32Array,
  parts?: Partial<Parts>,
) => unlessOverloaded(schedule, (faults) => runHistory({ ...setup, faults }, positions, {}, parts).audit)

/** The schedule of a seed. */
function scheduleOf({ nodes, duration }: HistorySetup, seed: number): Fault[] {
  return randomSchedule(createRandom(seed, 'faults'), { nodes: nodes.length, duration, most: MAX_FAULTS })
}

/** Shrinks a schedule that breaks a promise by leaving out and simplifying faults. */
export function shrinkCounterexample(
  { setup, positions, promise: id, example: { seed, faults } }: BrokenPromise,
  parts?: Partial<Parts>,
): Counterexample {
  const promise = promisesOf(setup).find((one) => one.id === id)!
  const fails = (items: readonly Fault[]): boolean => {
    // Without its kill a restart can't happen; the shorter schedule is tried without it.
    const possible = withoutMisplaced(items)
    if (possible.length < items.length) return false
    const audit = auditOf({ ...setup, seed }, possible, positions, parts)
    return audit !== undefined && broken(promise, audit.flaws).length > 0
  }
  return { seed, faults: shrink(faults, fails, rounder) }
}
