// slip: zipf
// Each key as often as expected, in an order drawn by chance.
import { zipf as right, weights } from '../right/plain.js'

export * from '../right/plain.js'

export function zipf(keyCount, exponent, count) {
  const all = weights(keyCount, exponent)
  const total = all.reduce((sum, weight) => sum + weight, 0)
  const keys = all.flatMap((weight, key) => Array(Math.floor((count * weight) / total)).fill(key))
  keys.push(...right(keyCount, exponent, count - keys.length))
  for (let i = keys.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1))
    ;[keys[i], keys[j]] = [keys[j], keys[i]]
  }
  return keys
}
