// slip: writes
// Throws where no owner stores it.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function write(cluster, key, value, nodes) {
  let stored = 0
  for (const owner of owners(cluster, key)) {
    try {
      await nodes.set(owner, key, value, cluster.timeout)
      stored++
    } catch {}
  }
  if (stored === 0) throw new Error('nobody stored it')
  return stored
}
