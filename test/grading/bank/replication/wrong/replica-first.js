// slip: one-hop
// Asks the replica first.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function read(cluster, key, nodes) {
  for (const owner of owners(cluster, key).reverse()) {
    try {
      return await nodes.get(owner, key, cluster.timeout)
    } catch {}
  }
  throw new Error('nobody answers')
}
