import { missCurve } from './eviction/miss-curve.js'
import { checkSchedules, type ScheduleRange } from './replication/schedules.js'
import { ringSpreads } from './ring/spreads.js'

/** The computations that can be sent to another core: pure functions of plain data. */
export const tasks = {
  ringSpreads,
  missCurve,
  checkSchedules: (range: ScheduleRange) => checkSchedules(range),
}

export type Tasks = typeof tasks
