// fails: locate
// Positions sorted as texts.
import { points, position } from '../right/plain.js'

export * from '../right/plain.js'

const ownerOf = (ring, key) => (ring.find(([point]) => point > position(key)) ?? ring[0])[1]

export function locate(nodes, vnodes, keys) {
  const ring = points(nodes, vnodes).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
  return keys.map((key) => ownerOf(ring, key))
}
