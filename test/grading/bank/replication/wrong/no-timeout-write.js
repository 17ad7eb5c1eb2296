// slip: hanging, timeout
// Waits for ever for a node that hangs.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function write(cluster, key, value, nodes) {
  const writes = owners(cluster, key).map((owner) => nodes.set(owner, key, value))
  const results = await Promise.allSettled(writes)
  return results.filter(({ status }) => status === 'fulfilled').length
}
