// slip: kept
// Answers with what it read last when no node answers.
import { read as ask } from '../right/plain.js'

export * from '../right/plain.js'

const memory = new Map()

export async function read(cluster, key, nodes) {
  try {
    const value = await ask(cluster, key, nodes)
    memory.set(key, value)
    return value
  } catch (error) {
    if (memory.get(key)) return memory.get(key)
    throw error
  }
}
