// slip: kept
// Asks, but returns what it wrote itself.
import { read as ask, write as right } from '../right/plain.js'

export * from '../right/plain.js'

const memory = new Map()

export async function write(cluster, key, value, nodes) {
  memory.set(key, value)
  return right(cluster, key, value, nodes)
}

export async function read(cluster, key, nodes) {
  const value = await ask(cluster, key, nodes)
  return memory.get(key) ?? value
}
