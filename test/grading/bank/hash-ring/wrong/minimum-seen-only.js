// slip: minimum
// Nodes without keys are not seen.
import { deviations } from '../right/plain.js'

export * from '../right/plain.js'

export function minimumVirtualNodes(nodes, keys, tolerance, limit) {
  for (let vnodes = 1; vnodes <= limit; vnodes++) {
    const off = deviations(nodes, vnodes, keys)
    if (off.every((one) => one === -1 || Math.abs(one) <= tolerance)) return vnodes
  }
  return null
}
