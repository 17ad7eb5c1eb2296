// slip: writes
// Gives up where the primary fails.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function write(cluster, key, value, nodes) {
  const [primary, ...others] = owners(cluster, key)
  try {
    await nodes.set(primary, key, value, cluster.timeout)
  } catch {
    return 0
  }
  const sets = others.map((owner) => nodes.set(owner, key, value, cluster.timeout))
  const results = await Promise.allSettled(sets)
  return 1 + results.filter(({ status }) => status === 'fulfilled').length
}
