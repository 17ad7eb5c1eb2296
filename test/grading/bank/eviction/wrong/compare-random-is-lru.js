// slip: compare
// LRU’s ratio for Random.
import { compare as right } from '../right/plain.js'

export * from '../right/plain.js'

export function compare(...given) {
  const { lru, lfu } = right(...given)
  return { lru, lfu, random: lru }
}
