// slip: copies, each-once
// One copy too many.
import { clockwise } from '../right/plain.js'

export * from '../right/plain.js'

export async function write(cluster, key, value, nodes) {
  let stored = 0
  for (const owner of clockwise(cluster, key).slice(0, cluster.replicas + 1)) {
    try {
      await nodes.set(owner, key, value, cluster.timeout)
      stored++
    } catch {}
  }
  return stored
}
