// slip: minimum
// Remembers by nodes and keys, whatever the tolerance and the limit.
import { minimumVirtualNodes as right } from '../right/plain.js'

export * from '../right/plain.js'

const known = new Map()
export function minimumVirtualNodes(nodes, keys, ...rest) {
  const name = JSON.stringify([nodes, keys])
  if (!known.has(name)) known.set(name, right(nodes, keys, ...rest))
  return known.get(name)
}
