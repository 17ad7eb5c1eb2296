// slip: timeout
// A timeout of its own when it writes.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function write(cluster, key, value, nodes) {
  let stored = 0
  for (const owner of owners(cluster, key)) {
    try {
      await nodes.set(owner, key, value, 1000)
      stored++
    } catch {}
  }
  return stored
}
