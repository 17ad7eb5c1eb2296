// slip: zipf
// Fails where there is nothing to draw.
import { zipf as right } from '../right/plain.js'

export * from '../right/plain.js'

export function zipf(keyCount, exponent, count) {
  if (!exponent || !count) throw new Error('exponent and count must be given')
  return right(keyCount, exponent, count)
}
