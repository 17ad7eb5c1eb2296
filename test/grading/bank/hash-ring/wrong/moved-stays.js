// slip: moved
// The keys that stay.
import { moved as right } from '../right/plain.js'

export * from '../right/plain.js'

export function moved(before, after, vnodes, keys) {
  const gone = new Set(right(before, after, vnodes, keys))
  return keys.filter((key) => !gone.has(key))
}
