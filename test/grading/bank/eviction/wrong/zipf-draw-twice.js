// slip: zipf
// Each draw is given twice.
import { zipf as right } from '../right/plain.js'

export * from '../right/plain.js'

export const zipf = (keyCount, exponent, count) =>
  right(keyCount, exponent, Math.ceil(count / 2))
    .flatMap((key) => [key, key])
    .slice(0, count)
