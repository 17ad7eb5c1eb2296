// slip: minimum
// The mean deviation instead of the worst.
import { deviations } from '../right/plain.js'

export * from '../right/plain.js'

export function minimumVirtualNodes(nodes, keys, tolerance, limit) {
  for (let vnodes = 1; vnodes <= limit; vnodes++) {
    const off = deviations(nodes, vnodes, keys).map(Math.abs)
    if (off.reduce((sum, one) => sum + one, 0) / off.length <= tolerance) return vnodes
  }
  return null
}
