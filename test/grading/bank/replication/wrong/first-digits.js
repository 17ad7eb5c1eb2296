// slip: copies
// The first 8 hex digits instead of the last.
import { createHash } from 'node:crypto'
import { clientOf } from '../right/around.js'

const position = (text) => createHash('md5').update(text).digest().readUInt32BE(0)

function owners({ nodes, vnodes, replicas }, key) {
  const ring = nodes
    .flatMap((name) => Array.from({ length: vnodes }, (_, i) => [position(`${name}#v${i}`), name]))
    .sort(([a], [b]) => a - b)
  const first = ring.findIndex(([point]) => point > position(key))
  const turned = first < 0 ? ring : [...ring.slice(first), ...ring.slice(0, first)]
  return [...new Set(turned.map(([, name]) => name))].slice(0, replicas)
}

export const { write, read } = clientOf(owners)
