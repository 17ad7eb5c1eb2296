// slip: minimum
// Halves the range, as if more were always better.
import { deviations } from '../right/plain.js'

export * from '../right/plain.js'

export function minimumVirtualNodes(nodes, keys, tolerance, limit) {
  let [low, high] = [1, limit + 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (deviations(nodes, middle, keys).every((one) => Math.abs(one) <= tolerance)) high = middle
    else low = middle + 1
  }
  return low > limit ? null : low
}
