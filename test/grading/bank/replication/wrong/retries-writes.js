// slip: writes
// Sends it a second time to a node that failed.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function write(cluster, key, value, nodes) {
  const attempt = (owner) => nodes.set(owner, key, value, cluster.timeout)
  const sets = owners(cluster, key).map((owner) => attempt(owner).catch(() => attempt(owner)))
  const results = await Promise.allSettled(sets)
  return results.filter(({ status }) => status === 'fulfilled').length
}
