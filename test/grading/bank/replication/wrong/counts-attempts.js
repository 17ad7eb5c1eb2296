// slip: writes
// Returns how many it tried.
import { write as right } from '../right/plain.js'

export * from '../right/plain.js'

export async function write(cluster, key, value, nodes) {
  await right(cluster, key, value, nodes)
  return cluster.replicas
}
