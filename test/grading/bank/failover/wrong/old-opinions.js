// slip: fresh
// Old reports about the master count.
import { stateOf as right } from '../right/plain.js'

export * from '../right/plain.js'

export const stateOf = (view) =>
  right({ ...view, sentinels: view.sentinels.map((one) => ({ ...one, reportAgeMs: 0 })) })
