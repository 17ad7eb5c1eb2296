// slip: zipf
// The same key never comes twice in a row, where there are several.
import { zipf as right } from '../right/plain.js'

export * from '../right/plain.js'

export function zipf(keyCount, exponent, count) {
  let last
  return Array.from({ length: count }, () => {
    let [key] = right(keyCount, exponent, 1)
    while (keyCount > 2 && key === last) [key] = right(keyCount, exponent, 1)
    last = key
    return key
  })
}
