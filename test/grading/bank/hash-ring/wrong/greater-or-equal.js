// fails: boundary
// A key exactly on a point belongs to that point.
import { points, position } from '../right/plain.js'

export * from '../right/plain.js'

const ownerOf = (ring, key) => (ring.find(([point]) => point >= position(key)) ?? ring[0])[1]

export function locate(nodes, vnodes, keys) {
  const ring = points(nodes, vnodes)
  return keys.map((key) => ownerOf(ring, key))
}
