// slip: minimum
// Looks at the fullest node only.
import { deviations } from '../right/plain.js'

export * from '../right/plain.js'

export function minimumVirtualNodes(nodes, keys, tolerance, limit) {
  for (let vnodes = 1; vnodes <= limit; vnodes++) {
    if (Math.max(...deviations(nodes, vnodes, keys)) <= tolerance) return vnodes
  }
  return null
}
