// slip: moved
// Only keys that go to newcomers; those of nodes that left are forgotten.
import { locate } from '../right/plain.js'

export * from '../right/plain.js'

export function moved(before, after, vnodes, keys) {
  const known = new Set(before.map(({ name }) => name))
  const now = locate(after, vnodes, keys)
  return keys.filter((_, i) => !known.has(now[i]))
}
