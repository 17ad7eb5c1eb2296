// slip: compare
// LRU and LFU changed places.
import { compare as right } from '../right/plain.js'

export * from '../right/plain.js'

export function compare(...given) {
  const { lru, lfu, random } = right(...given)
  return { lru: lfu, lfu: lru, random }
}
