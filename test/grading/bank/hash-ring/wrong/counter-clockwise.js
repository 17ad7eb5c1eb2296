// fails: locate
// The node before instead of the node behind.
import { points, position } from '../right/plain.js'

export * from '../right/plain.js'

const ownerOf = (ring, key) => (ring.findLast(([point]) => point < position(key)) ?? ring[ring.length - 1])[1]

export function locate(nodes, vnodes, keys) {
  const ring = points(nodes, vnodes)
  return keys.map((key) => ownerOf(ring, key))
}
