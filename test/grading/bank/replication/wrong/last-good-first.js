// slip: kept
// Asks the node first that answered for the key last time.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

const good = new Map()

export async function read(cluster, key, nodes) {
  const list = owners(cluster, key)
  if (list.includes(good.get(key))) list.unshift(...list.splice(list.indexOf(good.get(key)), 1))
  for (const owner of list) {
    try {
      const answer = await nodes.get(owner, key, cluster.timeout)
      good.set(key, owner)
      return answer
    } catch {}
  }
  throw new Error('nobody answers')
}
