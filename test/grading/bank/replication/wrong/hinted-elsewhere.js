// slip: writes
// Puts the copy on the next node when an owner is down.
import { clockwise } from '../right/plain.js'

export * from '../right/plain.js'

export async function write(cluster, key, value, nodes) {
  let stored = 0
  for (const node of clockwise(cluster, key)) {
    if (stored === cluster.replicas) break
    try {
      await nodes.set(node, key, value, cluster.timeout)
      stored++
    } catch {}
  }
  return stored
}
