import { createHash } from 'node:crypto'

function position(text) {
  return Number.parseInt(createHash('md5').update(text).digest('hex').slice(-8), 16)
}

/** The virtual nodes, clockwise. */
function build(nodes, vnodes) {
  return nodes
    .flatMap(({ name, weight }) =>
      Array.from({ length: Math.round(weight * vnodes) }, (_, i) => ({
        position: position(`${name}#v${i}`),
        name,
      })),
    )
    .sort((a, b) => a.position - b.position)
}

/** The first virtual node behind a position, by binary search. */
function owner(ring, at) {
  let low = 0
  let high = ring.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (ring[middle].position > at) high = middle
    else low = middle + 1
  }
  return ring[low % ring.length].name
}

export function locate(nodes, vnodes, keys) {
  const ring = build(nodes, vnodes)
  return keys.map((key) => owner(ring, position(key)))
}

export function moved(before, after, vnodes, keys) {
  const then = locate(before, vnodes, keys)
  const now = locate(after, vnodes, keys)
  return keys.filter((_, i) => then[i] !== now[i])
}

export function rolling(nodes, joining, vnodes, keys) {
  let current = nodes
  let sum = 0
  return joining.map((node) => {
    const next = [...current, node]
    sum += moved(current, next, vnodes, keys).length
    current = next
    return sum
  })
}

export function minimumVirtualNodes(nodes, keys, tolerance, limit) {
  const fair = keys.length / nodes.length
  for (let vnodes = 1; vnodes <= limit; vnodes++) {
    const owners = locate(nodes, vnodes, keys)
    const counts = nodes.map(({ name }) => owners.filter((owner) => owner === name).length)
    if (counts.every((count) => Math.abs(count - fair) <= tolerance * fair)) return vnodes
  }
  return null
}
