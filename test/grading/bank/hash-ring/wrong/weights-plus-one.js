// fails: weights
// One point too many where the weight is not 1.
import { ownerOf, points } from '../right/plain.js'

export * from '../right/plain.js'

export function locate(nodes, vnodes, keys) {
  const heavier = nodes.map(({ name, weight }) => ({ name, weight: weight === 1 ? 1 : weight + 1 / vnodes }))
  const ring = points(heavier, vnodes)
  return keys.map((key) => ownerOf(ring, key))
}
