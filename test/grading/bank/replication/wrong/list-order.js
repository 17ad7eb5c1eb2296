// slip: copies
// The next nodes in the list instead of on the ring.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

function listed(cluster, key) {
  const at = cluster.nodes.indexOf(owners(cluster, key)[0])
  return Array.from({ length: cluster.replicas }, (_, i) => cluster.nodes[(at + i) % cluster.nodes.length])
}

export async function write(cluster, key, value, nodes) {
  let stored = 0
  for (const owner of listed(cluster, key)) {
    try {
      await nodes.set(owner, key, value, cluster.timeout)
      stored++
    } catch {}
  }
  return stored
}
