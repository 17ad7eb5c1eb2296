import type { BrokenInvariant, VerifyRange } from './cluster/verify-run.js'
import { missCurve } from './eviction/miss-curve.js'
import { type ReplayTask, replay } from './eviction/replay.js'
import type { LossTask } from './replication/losses.js'
import type { BrokenPromise, ScheduleRange } from './replication/schedules.js'
import { ringSpreads } from './ring/spreads.js'
import type { StallingRun } from './sentinel/stalling.js'
import type { TiersTask } from './tiers/run.js'

const schedules = () => import('./replication/schedules.js')
const verifyRun = () => import('./cluster/verify-run.js')

/** The computations that can be sent to another core: pure functions of plain data. Simulations are loaded when used. */
export const tasks = {
  ringSpreads,
  missCurve,
  replay: (task: ReplayTask) => replay(task),
  verifySchedules: async (range: VerifyRange) => (await verifyRun()).verifySchedules(range),
  shrinkViolation: async (found: BrokenInvariant) => (await verifyRun()).shrinkViolation(found),
  checkSchedules: async (range: ScheduleRange) => (await schedules()).checkSchedules(range),
  shrinkCounterexample: async (found: BrokenPromise) => (await schedules()).shrinkCounterexample(found),
  lossesOf: async (task: LossTask) => (await import('./replication/losses.js')).lossesOf(task),
  runStalling: async (run: StallingRun) => (await import('./sentinel/stalling.js')).runStalling(run),
  runTiers: async (task: TiersTask) => (await import('./tiers/run.js')).runTiersTask(task),
}

export type Tasks = typeof tasks
