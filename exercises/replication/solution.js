import { createHash } from 'node:crypto'

function position(text) {
  return Number.parseInt(createHash('md5').update(text).digest('hex').slice(-8), 16)
}

/** The primary first, then the next different nodes clockwise. */
function owners(cluster, key) {
  const ring = cluster.nodes
    .flatMap((name) =>
      Array.from({ length: cluster.vnodes }, (_, i) => ({ position: position(`${name}#v${i}`), name })),
    )
    .sort((a, b) => a.position - b.position)
  const first = ring.findIndex((point) => point.position > position(key))
  const clockwise = first < 0 ? ring : [...ring.slice(first), ...ring.slice(0, first)]
  return [...new Set(clockwise.map(({ name }) => name))].slice(0, cluster.replicas)
}

export async function write(cluster, key, value, nodes) {
  const writes = owners(cluster, key).map((owner) => nodes.set(owner, key, value, cluster.timeout))
  const results = await Promise.allSettled(writes)
  return results.filter(({ status }) => status === 'fulfilled').length
}

export async function read(cluster, key, nodes) {
  for (const owner of owners(cluster, key)) {
    try {
      return await nodes.get(owner, key, cluster.timeout)
    } catch {
      // The next owner has a copy.
    }
  }
  throw new Error(`no owner of ${key} answers`)
}
