// slip: one-hop
// Values are read as JSON where they look like it.
import { read as right } from '../right/plain.js'

export * from '../right/plain.js'

export async function read(...given) {
  const value = await right(...given)
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
