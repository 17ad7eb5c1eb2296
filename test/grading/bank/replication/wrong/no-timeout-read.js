// slip: hanging, timeout
// Waits for ever for a node that hangs.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function read(cluster, key, nodes) {
  for (const owner of owners(cluster, key)) {
    try {
      return await nodes.get(owner, key)
    } catch {}
  }
  throw new Error('nobody answers')
}
