import { createHash } from 'node:crypto'

const position = (text) => createHash('md5').update(text).digest().readUInt32BE(12)

/** All different nodes clockwise from a key. */
export function clockwise({ nodes, vnodes }, key) {
  const ring = nodes
    .flatMap((name) => Array.from({ length: vnodes }, (_, i) => [position(`${name}#v${i}`), name]))
    .sort(([a], [b]) => a - b)
  const first = ring.findIndex(([point]) => point > position(key))
  const turned = first < 0 ? ring : [...ring.slice(first), ...ring.slice(0, first)]
  return [...new Set(turned.map(([, name]) => name))]
}

export const owners = (cluster, key) => clockwise(cluster, key).slice(0, cluster.replicas)

// One after the other.
export async function write(cluster, key, value, nodes) {
  let stored = 0
  for (const owner of owners(cluster, key)) {
    try {
      await nodes.set(owner, key, value, cluster.timeout)
      stored++
    } catch {}
  }
  return stored
}

export async function read(cluster, key, nodes) {
  let problem
  for (const owner of owners(cluster, key)) {
    try {
      return await nodes.get(owner, key, cluster.timeout)
    } catch (error) {
      problem = error
    }
  }
  throw problem
}
