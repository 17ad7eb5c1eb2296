// slip: apart
// Adds the whole silence of the master.
import { promote as right } from '../right/plain.js'

export * from '../right/plain.js'

export function promote(view) {
  const most = 10 * view.downAfterMs + view.master.silentMs
  const near = view.replicas.map((one) => ({
    ...one,
    linkDownMs: one.linkDownMs <= most ? 0 : Number.MAX_VALUE,
  }))
  return right({ ...view, replicas: near })
}
