// slip: each-once
// Stores values without the spaces around them.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function write(cluster, key, value, nodes) {
  let stored = 0
  for (const owner of owners(cluster, key)) {
    try {
      await nodes.set(owner, key, value.trim(), cluster.timeout)
      stored++
    } catch {}
  }
  return stored
}
