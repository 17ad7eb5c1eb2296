// slip: each-once
// Stores values as JSON, and reads them as they are.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function write(cluster, key, value, nodes) {
  let stored = 0
  for (const owner of owners(cluster, key)) {
    try {
      await nodes.set(owner, key, JSON.stringify(value), cluster.timeout)
      stored++
    } catch {}
  }
  return stored
}
