// slip: timeout
// The timeout is shared out among the owners.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function read(cluster, key, nodes) {
  for (const owner of owners(cluster, key)) {
    try {
      return await nodes.get(owner, key, cluster.timeout / cluster.replicas)
    } catch {}
  }
  throw new Error('nobody answers')
}
