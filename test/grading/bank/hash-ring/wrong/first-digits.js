// fails: locate
// The first 8 hex digits of the digest.
export * from '../right/plain.js'

import { createHash } from 'node:crypto'

const position = (text) => createHash('md5').update(text).digest().readUInt32BE(0)

export function locate(nodes, vnodes, keys) {
  const ring = nodes
    .flatMap(({ name, weight }) =>
      Array.from({ length: weight * vnodes }, (_, i) => [position(`${name}#v${i}`), name]),
    )
    .sort(([a], [b]) => a - b)
  return keys.map((key) => {
    const at = position(key)
    return (ring.find(([point]) => point > at) ?? ring[0])[1]
  })
}
