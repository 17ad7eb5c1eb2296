// slip: hanging
// A node that hangs ends the read.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

export async function read(cluster, key, nodes) {
  for (const owner of owners(cluster, key)) {
    try {
      return await nodes.get(owner, key, cluster.timeout)
    } catch (error) {
      if (!error.message.endsWith('is down')) throw error
    }
  }
  throw new Error('nobody answers')
}
