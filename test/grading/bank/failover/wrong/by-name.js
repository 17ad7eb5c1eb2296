// slip: ties
// Of equals the first by name.
import { promote as right } from '../right/plain.js'

export * from '../right/plain.js'

export function promote(view) {
  const fit = view.replicas.filter((one) => right({ ...view, replicas: [one] }) !== null)
  fit.sort((a, b) => a.priority - b.priority || b.offset - a.offset || (a.name < b.name ? -1 : 1))
  return fit[0]?.name ?? null
}
