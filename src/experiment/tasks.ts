import { ringSpreads } from './ring/spreads.js'

/** The computations that can be sent to another core: pure functions of plain data. */
export const tasks = { ringSpreads }

export type Tasks = typeof tasks
