// slip: minimum
// Compares whole percents, rounded.
import { locate } from '../right/plain.js'

export * from '../right/plain.js'

export function minimumVirtualNodes(nodes, keys, tolerance, limit) {
  const fair = keys.length / nodes.length
  for (let vnodes = 1; vnodes <= limit; vnodes++) {
    const owners = locate(nodes, vnodes, keys)
    const isNear = ({ name }) => {
      const count = owners.filter((owner) => owner === name).length
      return Math.round((100 * Math.abs(count - fair)) / fair) <= Math.round(100 * tolerance)
    }
    if (nodes.every(isNear)) return vnodes
  }
  return null
}
