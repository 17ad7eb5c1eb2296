// fails: boundary
// Keys behind the last point go to the last node.
import { points, position } from '../right/plain.js'

export * from '../right/plain.js'

const ownerOf = (ring, key) => (ring.find(([point]) => point > position(key)) ?? ring[ring.length - 1])[1]

export function locate(nodes, vnodes, keys) {
  const ring = points(nodes, vnodes)
  return keys.map((key) => ownerOf(ring, key))
}
