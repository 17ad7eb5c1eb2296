// slip: one-hop, fallback, last-copy
// Asks all owners at once.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export const read = (cluster, key, nodes) =>
  Promise.any(owners(cluster, key).map((owner) => nodes.get(owner, key, cluster.timeout)))
