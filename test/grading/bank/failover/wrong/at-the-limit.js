// slip: sdown
// Down as soon as the limit is reached.
import { stateOf as right } from '../right/plain.js'

export * from '../right/plain.js'

export const stateOf = (view) => right({ ...view, master: { silentMs: view.master.silentMs + 1 } })
