// slip: apart
// Forgets how long the master has been down.
import { promote as right } from '../right/plain.js'

export * from '../right/plain.js'

export const promote = (view) =>
  right({ ...view, replicas: view.replicas.filter((one) => one.linkDownMs <= 10 * view.downAfterMs) })
