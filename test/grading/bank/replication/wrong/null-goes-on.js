// slip: one-hop, fallback
// null is no answer: the next owner is asked.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function read(cluster, key, nodes) {
  let answers = 0
  for (const owner of owners(cluster, key)) {
    try {
      const value = await nodes.get(owner, key, cluster.timeout)
      answers++
      if (value !== null) return value
    } catch {}
  }
  if (answers === 0) throw new Error('nobody answers')
  return null
}
