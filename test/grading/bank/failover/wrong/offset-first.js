// slip: priority
// The offset before the priority.
import { promote as right } from '../right/plain.js'

export * from '../right/plain.js'

export function promote(view) {
  const fit = view.replicas.filter((one) => right({ ...view, replicas: [one] }) !== null)
  fit.sort((a, b) => b.offset - a.offset || a.priority - b.priority || (a.runId < b.runId ? -1 : 1))
  return fit[0]?.name ?? null
}
