// slip: zipf
// Answers are remembered by the arguments.
import { zipf as right } from '../right/plain.js'

export * from '../right/plain.js'

const known = new Map()

export function zipf(...given) {
  const name = String(given)
  if (!known.has(name)) known.set(name, right(...given))
  return known.get(name)
}
