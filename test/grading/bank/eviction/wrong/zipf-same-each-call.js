// slip: zipf
// The generator begins with the same seed at every call.
import { weights } from '../right/plain.js'

export * from '../right/plain.js'

/** A small generator, right in itself. */
function generator(seed) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

export function zipf(keyCount, exponent, count) {
  const next = generator(42)
  const all = weights(keyCount, exponent)
  const total = all.reduce((sum, weight) => sum + weight, 0)
  return Array.from({ length: count }, () => {
    let left = next() * total
    let key = 0
    while (key < keyCount - 1 && left >= all[key]) left -= all[key++]
    return key
  })
}
