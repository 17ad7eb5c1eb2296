// slip: zipf
// The second half of the draws are those of the first.
import { zipf as right } from '../right/plain.js'

export * from '../right/plain.js'

export function zipf(keyCount, exponent, count) {
  const half = right(keyCount, exponent, Math.ceil(count / 2))
  return [...half, ...half].slice(0, count)
}
