// slip: fallback, last-copy
// Asks any other node when the primary fails.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function read(cluster, key, nodes) {
  for (const owner of [owners(cluster, key)[0], ...cluster.nodes]) {
    try {
      return await nodes.get(owner, key, cluster.timeout)
    } catch {}
  }
  throw new Error('nobody answers')
}
