// slip: copies, each-once
// The next virtual nodes, whosever they are: two copies on one node.
export * from '../right/plain.js'

import { createHash } from 'node:crypto'

const position = (text) => createHash('md5').update(text).digest().readUInt32BE(12)

function owners({ nodes, vnodes, replicas }, key) {
  const ring = nodes
    .flatMap((name) => Array.from({ length: vnodes }, (_, i) => [position(`${name}#v${i}`), name]))
    .sort(([a], [b]) => a - b)
  const first = Math.max(
    0,
    ring.findIndex(([point]) => point > position(key)),
  )
  return Array.from({ length: replicas }, (_, i) => ring[(first + i) % ring.length][1])
}

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
