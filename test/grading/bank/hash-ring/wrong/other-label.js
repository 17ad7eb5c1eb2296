// fails: locate
// Another label: name-0 instead of name#v0.
import { ownerOf, position } from '../right/plain.js'

export * from '../right/plain.js'

const points = (nodes, vnodes) =>
  nodes
    .flatMap(({ name, weight }) =>
      Array.from({ length: weight * vnodes }, (_, i) => [position(`${name}-${i}`), name]),
    )
    .sort(([a], [b]) => a - b)

export function locate(nodes, vnodes, keys) {
  const ring = points(nodes, vnodes)
  return keys.map((key) => ownerOf(ring, key))
}
