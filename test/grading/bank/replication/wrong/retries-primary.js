// slip: fallback, last-copy
// Asks the primary twice before it falls back.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function read(cluster, key, nodes) {
  for (const owner of [owners(cluster, key)[0], ...owners(cluster, key)]) {
    try {
      return await nodes.get(owner, key, cluster.timeout)
    } catch {}
  }
  throw new Error('nobody answers')
}
