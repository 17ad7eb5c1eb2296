// slip: ties
// Of equals the first in the list.
import { promote as right } from '../right/plain.js'

export * from '../right/plain.js'

export function promote(view) {
  const fit = view.replicas.filter((one) => right({ ...view, replicas: [one] }) !== null)
  return fit.sort((a, b) => a.priority - b.priority || b.offset - a.offset)[0]?.name ?? null
}
