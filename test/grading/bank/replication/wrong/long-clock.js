// slip: hanging, timeout
// A clock of its own that is far too long.
import { owners } from '../right/plain.js'

export * from '../right/plain.js'

function within(call) {
  let clock
  const late = new Promise((_, reject) => {
    clock = setTimeout(() => reject(new Error('late')), 5000)
  })
  return Promise.race([call, late]).finally(() => clearTimeout(clock))
}

export async function read(cluster, key, nodes) {
  for (const owner of owners(cluster, key)) {
    try {
      return await within(nodes.get(owner, key))
    } catch {}
  }
  throw new Error('nobody answers')
}
