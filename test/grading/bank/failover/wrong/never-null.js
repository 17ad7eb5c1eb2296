// slip: apart, unfit
// Fails where no replica is fit.
import { promote as right } from '../right/plain.js'

export * from '../right/plain.js'

export function promote(view) {
  const name = right(view)
  if (name === null) throw new TypeError("Cannot read properties of undefined (reading 'name')")
  return name
}
