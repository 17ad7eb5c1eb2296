// slip: priority
// Sorts priorities as texts.
import { promote as right } from '../right/plain.js'

export * from '../right/plain.js'

export function promote(view) {
  const fit = view.replicas.filter((one) => right({ ...view, replicas: [one] }) !== null)
  fit.sort((a, b) =>
    a.priority !== b.priority
      ? String(a.priority) < String(b.priority)
        ? -1
        : 1
      : b.offset - a.offset || (a.runId < b.runId ? -1 : 1),
  )
  return fit[0]?.name ?? null
}
