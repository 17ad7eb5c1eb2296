import { missCurve } from './eviction/miss-curve.js'
import { ringSpreads } from './ring/spreads.js'

/** The computations that can be sent to another core: pure functions of plain data. */
export const tasks = { ringSpreads, missCurve }

export type Tasks = typeof tasks
