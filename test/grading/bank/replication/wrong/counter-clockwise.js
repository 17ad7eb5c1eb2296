// slip: copies
// Copies on the nodes before instead of behind.
import { clockwise } from '../right/plain.js'

export * from '../right/plain.js'

function owners(cluster, key) {
  const [primary, ...others] = clockwise(cluster, key)
  return [primary, ...others.reverse()].slice(0, cluster.replicas)
}

export async function write(cluster, key, value, nodes) {
  let stored = 0
  for (const owner of owners(cluster, key)) {
    try {
      await nodes.set(owner, key, value, cluster.timeout)
      stored++
    } catch {}
  }
  return stored
}
