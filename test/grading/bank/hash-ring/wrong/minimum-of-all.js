// slip: minimum
// Of all keys instead of the fair share.
import { deviations } from '../right/plain.js'

export * from '../right/plain.js'

export function minimumVirtualNodes(nodes, keys, tolerance, limit) {
  for (let vnodes = 1; vnodes <= limit; vnodes++) {
    const off = deviations(nodes, vnodes, keys)
    if (off.every((one) => Math.abs(one) / nodes.length <= tolerance)) return vnodes
  }
  return null
}
