// slip: kept, writes
// Does not write to nodes that have failed once.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

const dead = new Set()

export async function write(cluster, key, value, nodes) {
  let stored = 0
  for (const owner of owners(cluster, key)) {
    if (dead.has(owner)) continue
    try {
      await nodes.set(owner, key, value, cluster.timeout)
      stored++
    } catch {
      dead.add(owner)
    }
  }
  return stored
}
