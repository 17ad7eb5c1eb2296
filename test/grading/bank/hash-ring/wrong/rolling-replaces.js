// slip: rolling
// A node that joins leaves again.
import { moved } from '../right/plain.js'

export * from '../right/plain.js'

export function rolling(nodes, joining, vnodes, keys) {
  let sum = 0
  return joining.map((node) => {
    sum += moved(nodes, [...nodes, node], vnodes, keys).length
    return sum
  })
}
