// slip: each-once, writes
// Looks whether the value is there before it writes.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function write(cluster, key, value, nodes) {
  let stored = 0
  for (const owner of owners(cluster, key)) {
    try {
      if ((await nodes.get(owner, key, cluster.timeout)) !== value)
        await nodes.set(owner, key, value, cluster.timeout)
      stored++
    } catch {}
  }
  return stored
}
