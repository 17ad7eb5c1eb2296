// slip: one-hop, fallback, last-copy
// Asks all owners and takes what most say.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function read(cluster, key, nodes) {
  const results = await Promise.allSettled(
    owners(cluster, key).map((owner) => nodes.get(owner, key, cluster.timeout)),
  )
  const values = results.filter(({ status }) => status === 'fulfilled').map(({ value }) => value)
  if (values.length === 0) throw new Error('nobody answers')
  const votes = (value) => values.filter((other) => other === value).length
  return values.reduce((best, value) => (votes(value) > votes(best) ? value : best))
}
