import {
  type BrokenInvariant,
  shrinkViolation,
  type VerifyRange,
  verifySchedules,
} from './cluster/verify-run.js'
import { missCurve } from './eviction/miss-curve.js'
import { type ReplayTask, replay } from './eviction/replay.js'
import {
  type BrokenPromise,
  checkSchedules,
  type ScheduleRange,
  shrinkCounterexample,
} from './replication/schedules.js'
import { ringSpreads } from './ring/spreads.js'

/** The computations that can be sent to another core: pure functions of plain data. */
export const tasks = {
  ringSpreads,
  missCurve,
  replay: (task: ReplayTask) => replay(task),
  verifySchedules: (range: VerifyRange) => verifySchedules(range),
  checkSchedules: (range: ScheduleRange) => checkSchedules(range),
  shrinkCounterexample: (found: BrokenPromise) => shrinkCounterexample(found),
  shrinkViolation: (found: BrokenInvariant) => shrinkViolation(found),
}

export type Tasks = typeof tasks
