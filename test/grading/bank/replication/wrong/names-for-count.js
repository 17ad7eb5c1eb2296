// slip: each-once, writes
// Returns who stored it.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function write(cluster, key, value, nodes) {
  const stored = []
  for (const owner of owners(cluster, key)) {
    try {
      await nodes.set(owner, key, value, cluster.timeout)
      stored.push(owner)
    } catch {}
  }
  return stored
}
