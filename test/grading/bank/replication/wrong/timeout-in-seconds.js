// slip: timeout
// The timeout in seconds.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function read(cluster, key, nodes) {
  for (const owner of owners(cluster, key)) {
    try {
      return await nodes.get(owner, key, cluster.timeout / 1000)
    } catch {}
  }
  throw new Error('nobody answers')
}

export async function write(cluster, key, value, nodes) {
  let stored = 0
  for (const owner of owners(cluster, key)) {
    try {
      await nodes.set(owner, key, value, cluster.timeout / 1000)
      stored++
    } catch {}
  }
  return stored
}
