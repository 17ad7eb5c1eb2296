// fails: locate
// The nearest point, in either direction.
import { points, position } from '../right/plain.js'

export * from '../right/plain.js'

function ownerOf(ring, key) {
  const at = position(key)
  return ring.reduce((best, point) => (Math.abs(point[0] - at) < Math.abs(best[0] - at) ? point : best))[1]
}

export function locate(nodes, vnodes, keys) {
  const ring = points(nodes, vnodes)
  return keys.map((key) => ownerOf(ring, key))
}
