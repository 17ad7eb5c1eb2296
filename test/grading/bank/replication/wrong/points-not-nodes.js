// slip: copies, each-once, fallback
// The next virtual nodes, whosever they are, when it reads too.
import { createHash } from 'node:crypto'
import { clientOf } from '../right/around.js'

const position = (text) => createHash('md5').update(text).digest().readUInt32BE(12)

function owners({ nodes, vnodes, replicas }, key) {
  const ring = nodes
    .flatMap((name) => Array.from({ length: vnodes }, (_, i) => [position(`${name}#v${i}`), name]))
    .sort(([a], [b]) => a - b)
  const first = ring.findIndex(([point]) => point > position(key))
  return Array.from({ length: replicas }, (_, i) => ring[(Math.max(0, first) + i) % ring.length][1])
}

export const { write, read } = clientOf(owners)
