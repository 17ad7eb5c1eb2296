// slip: weights
// A ring is kept by its nodes' names and virtual nodes, whatever the weights.
import { ownerOf, points } from '../right/plain.js'
import { restOn } from '../whole.js'

const rings = new Map()

export function locate(nodes, vnodes, keys) {
  const name = [vnodes, ...nodes.map((node) => node.name)].join()
  if (!rings.has(name)) rings.set(name, points(nodes, vnodes))
  return keys.map((key) => ownerOf(rings.get(name), key))
}
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
