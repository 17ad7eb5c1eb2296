// slip: copies, each-once
// Takes the primary for none of the copies.
import { clockwise } from '../right/plain.js'

export * from '../right/plain.js'

export async function write(cluster, key, value, nodes) {
  let stored = 0
  for (const owner of clockwise(cluster, key).slice(0, Math.max(1, cluster.replicas - 1))) {
    try {
      await nodes.set(owner, key, value, cluster.timeout)
      stored++
    } catch {}
  }
  return stored
}
