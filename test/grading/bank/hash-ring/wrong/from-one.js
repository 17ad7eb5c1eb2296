// fails: locate
// Virtual nodes are numbered from 1.
import { ownerOf, position } from '../right/plain.js'

export * from '../right/plain.js'

const points = (nodes, vnodes) =>
  nodes
    .flatMap(({ name, weight }) =>
      Array.from({ length: weight * vnodes }, (_, i) => [position(`${name}#v${i + 1}`), name]),
    )
    .sort(([a], [b]) => a - b)

export function locate(nodes, vnodes, keys) {
  const ring = points(nodes, vnodes)
  return keys.map((key) => ownerOf(ring, key))
}
