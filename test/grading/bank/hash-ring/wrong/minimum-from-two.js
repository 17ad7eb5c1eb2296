// slip: minimum
// Begins at 2.
import { deviations } from '../right/plain.js'

export * from '../right/plain.js'

export function minimumVirtualNodes(nodes, keys, tolerance, limit) {
  for (let vnodes = 1; vnodes <= limit; vnodes++) {
    const off = deviations(nodes, vnodes, keys)
    if (vnodes > 1 && off.every((one) => Math.abs(one) <= tolerance)) return vnodes
  }
  return null
}
