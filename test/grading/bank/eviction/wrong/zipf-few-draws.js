// slip: zipf
// Seven hundred draws, again and again.
import { zipf as right } from '../right/plain.js'

export * from '../right/plain.js'

export function zipf(keyCount, exponent, count) {
  const few = right(keyCount, exponent, 700)
  return Array.from({ length: count }, (_, i) => few[i % 700])
}
