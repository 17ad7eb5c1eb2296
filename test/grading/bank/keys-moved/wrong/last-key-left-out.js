// slip: counted
// A loop that ends one too early.
import { hash } from '../right/plain.js'

export * from '../right/plain.js'

export function countMoved(keys, before, after) {
  let moved = 0
  for (let i = 0; i < keys.length - 1; i++) if (hash(keys[i]) % before !== hash(keys[i]) % after) moved++
  return moved
}
