// slip: fresh, odown
// Counts the others only.
import { stateOf as right } from '../right/plain.js'

export * from '../right/plain.js'

export const stateOf = (view) => right({ ...view, quorum: view.quorum + 1 })
