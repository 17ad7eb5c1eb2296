// slip: minimum
// Looks at the emptiest node only.
import { deviations } from '../right/plain.js'

export * from '../right/plain.js'

export function minimumVirtualNodes(nodes, keys, tolerance, limit) {
  for (let vnodes = 1; vnodes <= limit; vnodes++) {
    const off = deviations(nodes, vnodes, keys)
    if (-Math.min(...off) <= tolerance) return vnodes
  }
  return null
}
