// slip: minimum
// The standard deviation instead of the worst.
import { deviations } from '../right/plain.js'

export * from '../right/plain.js'

export function minimumVirtualNodes(nodes, keys, tolerance, limit) {
  for (let vnodes = 1; vnodes <= limit; vnodes++) {
    const off = deviations(nodes, vnodes, keys)
    if (Math.sqrt(off.reduce((sum, one) => sum + one * one, 0) / off.length) <= tolerance) return vnodes
  }
  return null
}
