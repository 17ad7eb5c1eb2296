// slip: timeout
// A timeout of its own when it reads.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function read(cluster, key, nodes) {
  for (const owner of owners(cluster, key)) {
    try {
      return await nodes.get(owner, key, 40)
    } catch {}
  }
  throw new Error('nobody answers')
}
