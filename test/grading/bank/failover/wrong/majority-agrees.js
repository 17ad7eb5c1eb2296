// slip: odown
// A majority must agree, instead of the quorum.
import { stateOf as right } from '../right/plain.js'

export * from '../right/plain.js'

export const stateOf = (view) => right({ ...view, quorum: Math.floor((view.sentinels.length + 1) / 2) + 1 })
