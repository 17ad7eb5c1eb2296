import { createHash } from 'node:crypto'

interface Node {
  name: string
  weight: number
}

interface Point {
  position: number
  name: string
}

function position(text: string): number {
  return Number.parseInt(createHash('md5').update(text).digest('hex').slice(-8), 16)
}

/** The virtual nodes, clockwise. */
function build(nodes: Node[], vnodes: number): Point[] {
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
function owner(ring: Point[], at: number): string {
  let low = 0
  let high = ring.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (ring[middle].position > at) high = middle
    else low = middle + 1
  }
  return ring[low % ring.length].name
}

export function locate(nodes: Node[], vnodes: number, keys: string[]): string[] {
  const ring = build(nodes, vnodes)
  return keys.map((key) => owner(ring, position(key)))
}

export function moved(before: Node[], after: Node[], vnodes: number, keys: string[]): string[] {
  const then = locate(before, vnodes, keys)
  const now = locate(after, vnodes, keys)
  return keys.filter((_, i) => then[i] !== now[i])
}

export function rolling(nodes: Node[], joining: Node[], vnodes: number, keys: string[]): number[] {
  let current = nodes
  let sum = 0
  return joining.map((node) => {
    const next = [...current, node]
    sum += moved(current, next, vnodes, keys).length
    current = next
    return sum
  })
}

export function minimumVirtualNodes(
  nodes: Node[],
  keys: string[],
  tolerance: number,
  limit: number,
): number | null {
  const fair = keys.length / nodes.length
  for (let vnodes = 1; vnodes <= limit; vnodes++) {
    const owners = locate(nodes, vnodes, keys)
    const counts = nodes.map(({ name }) => owners.filter((owner) => owner === name).length)
    if (counts.every((count) => Math.abs(count - fair) <= tolerance * fair)) return vnodes
  }
  return null
}
