// fails: locate, wrap, boundary, weights, moved, rolling, minimum
// A ring is kept by how many nodes it has.
import { ownerOf, points } from '../right/plain.js'
import { restOn } from '../whole.js'

const rings = new Map()

export function locate(nodes, vnodes, keys) {
  const name = `${nodes.length} ${vnodes}`
  if (!rings.has(name)) rings.set(name, points(nodes, vnodes))
  return keys.map((key) => ownerOf(rings.get(name), key))
}
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
