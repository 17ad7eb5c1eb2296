// slip: writes
// Counts before it knows.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function write(cluster, key, value, nodes) {
  const list = owners(cluster, key)
  for (const owner of list) nodes.set(owner, key, value, cluster.timeout).catch(() => {})
  return list.length
}
