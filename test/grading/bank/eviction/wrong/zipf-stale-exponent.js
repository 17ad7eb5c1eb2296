// slip: zipf
// The weights are kept for a number of keys, whatever the exponent.
import { weights } from '../right/plain.js'

export * from '../right/plain.js'

const known = new Map()

export function zipf(keyCount, exponent, count) {
  if (!known.has(keyCount)) known.set(keyCount, weights(keyCount, exponent))
  const all = known.get(keyCount)
  const total = all.reduce((sum, weight) => sum + weight, 0)
  return Array.from({ length: count }, () => {
    let left = Math.random() * total
    let key = 0
    while (key < keyCount - 1 && left >= all[key]) left -= all[key++]
    return key
  })
}
