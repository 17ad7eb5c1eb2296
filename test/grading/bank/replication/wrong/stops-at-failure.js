// slip: writes
// Stops at the first owner that fails.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function write(cluster, key, value, nodes) {
  let stored = 0
  try {
    for (const owner of owners(cluster, key)) {
      await nodes.set(owner, key, value, cluster.timeout)
      stored++
    }
  } catch {}
  return stored
}
