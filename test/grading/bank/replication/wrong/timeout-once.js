// slip: hanging, timeout
// A timeout for the primary only.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function read(cluster, key, nodes) {
  const [primary, ...others] = owners(cluster, key)
  try {
    return await nodes.get(primary, key, cluster.timeout)
  } catch {}
  for (const owner of others) {
    try {
      return await nodes.get(owner, key)
    } catch {}
  }
  throw new Error('nobody answers')
}
