// slip: timeout
// The timeout of the first call for ever.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

let timeout

export async function read(cluster, key, nodes) {
  for (const owner of owners(cluster, key)) {
    try {
      timeout ??= cluster.timeout
      return await nodes.get(owner, key, timeout)
    } catch {}
  }
  throw new Error('nobody answers')
}
