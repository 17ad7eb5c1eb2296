// Positions with their nodes' numbers in one typed array, by merging; nothing is computed twice.
import { createHash } from 'node:crypto'

const at = (text) => BigInt(`0x${createHash('md5').update(text, 'utf8').digest('hex').slice(24)}`)

function ringOf(nodes, vnodes) {
  const points = []
  nodes.forEach(({ name, weight }, node) => {
    const count = Math.floor(weight * vnodes + 0.5)
    for (let i = 0; i < count; i++) points.push(at(`${name}#v${i}`) * 1024n + BigInt(node))
  })
  return BigUint64Array.from(points).sort()
}

function nodeFor(ring, key) {
  const beyond = at(key) * 1024n + 1023n
  const place = ring.findIndex((point) => point > beyond)
  return Number(ring[place < 0 ? 0 : place] % 1024n)
}

function* sums(nodes, joining, vnodes, keys) {
  let total = 0
  let now = locate(nodes, vnodes, keys)
  for (let i = 1; i <= joining.length; i++) {
    const next = locate(nodes.concat(joining.slice(0, i)), vnodes, keys)
    for (let k = 0; k < keys.length; k++) total += next[k] === now[k] ? 0 : 1
    now = next
    yield total
  }
}

export function locate(nodes, vnodes, keys) {
  const ring = ringOf(nodes, vnodes)
  return keys.map((key) => nodes[nodeFor(ring, key)].name)
}

export function moved(before, after, vnodes, keys) {
  const [a, b] = [ringOf(before, vnodes), ringOf(after, vnodes)]
  return keys.filter((key) => before[nodeFor(a, key)].name !== after[nodeFor(b, key)].name)
}

export const rolling = (...given) => [...sums(...given)]

export function minimumVirtualNodes(nodes, keys, tolerance, limit) {
  const fair = keys.length / nodes.length
  const isEnough = (vnodes) => {
    const counts = new Uint32Array(nodes.length)
    const ring = ringOf(nodes, vnodes)
    for (const key of keys) counts[nodeFor(ring, key)]++
    return counts.every((count) => count >= fair * (1 - tolerance) && count <= fair * (1 + tolerance))
  }
  const search = (vnodes) => (vnodes > limit ? null : isEnough(vnodes) ? vnodes : search(vnodes + 1))
  return search(1)
}
