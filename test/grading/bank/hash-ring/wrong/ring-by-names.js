// fails: locate, wrap, boundary, weights, minimum
// A ring is kept by its nodes' names, whatever the virtual nodes.
import { ownerOf, points } from '../right/plain.js'
import { restOn } from '../whole.js'

const rings = new Map()

export function locate(nodes, vnodes, keys) {
  const name = nodes.map((node) => node.name).join()
  if (!rings.has(name)) rings.set(name, points(nodes, vnodes))
  return keys.map((key) => ownerOf(rings.get(name), key))
}
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
