// slip: writes
// Fails as a whole where one owner is down.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function write(cluster, key, value, nodes) {
  const writes = owners(cluster, key).map((owner) => nodes.set(owner, key, value, cluster.timeout))
  return (await Promise.all(writes)).length
}
