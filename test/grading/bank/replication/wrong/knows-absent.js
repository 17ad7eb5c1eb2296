// slip: kept
// Keeps which keys are not there.
import { read as ask } from '../right/plain.js'

export * from '../right/plain.js'

const absent = new Set()

export async function read(cluster, key, nodes) {
  if (absent.has(key)) return null
  const value = await ask(cluster, key, nodes)
  if (value === null) absent.add(key)
  return value
}
