// slip: fallback
// The other owners in the order of the list.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function read(cluster, key, nodes) {
  const [primary, ...others] = owners(cluster, key)
  for (const owner of [primary, ...cluster.nodes.filter((name) => others.includes(name))]) {
    try {
      return await nodes.get(owner, key, cluster.timeout)
    } catch {}
  }
  throw new Error('nobody answers')
}
