// slip: copies
// Modulo, and the next nodes in the list.
import { createHash } from 'node:crypto'
import { clientOf } from '../right/around.js'

function owners({ nodes, replicas }, key) {
  const at = createHash('md5').update(key).digest().readUInt32BE(12) % nodes.length
  return Array.from({ length: replicas }, (_, i) => nodes[(at + i) % nodes.length])
}

export const { write, read } = clientOf(owners)
