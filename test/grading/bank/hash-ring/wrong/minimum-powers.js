// slip: minimum
// Tries powers of two only.
import { deviations } from '../right/plain.js'

export * from '../right/plain.js'

export function minimumVirtualNodes(nodes, keys, tolerance, limit) {
  for (let vnodes = 1; vnodes <= limit; vnodes *= 2) {
    if (deviations(nodes, vnodes, keys).every((deviation) => Math.abs(deviation) <= tolerance)) return vnodes
  }
  return null
}
