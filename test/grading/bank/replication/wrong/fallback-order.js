// slip: fallback
// The other owners in the wrong order.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function read(cluster, key, nodes) {
  const [primary, ...others] = owners(cluster, key)
  for (const owner of [primary, ...others.reverse()]) {
    try {
      return await nodes.get(owner, key, cluster.timeout)
    } catch {}
  }
  throw new Error('nobody answers')
}
