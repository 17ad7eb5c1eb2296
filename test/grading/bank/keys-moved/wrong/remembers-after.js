// slip: any-number
// Remembers by the number of servers afterwards.
import { movedByModulo as modulo } from '../right/plain.js'

export * from '../right/plain.js'

const known = new Map()

export function movedByModulo(before, after) {
  if (!known.has(after)) known.set(after, modulo(before, after))
  return known.get(after)
}
