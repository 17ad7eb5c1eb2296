import { createHash } from 'node:crypto'

const known = new Map()

export function position(text) {
  let at = known.get(text)
  if (at === undefined) {
    at = createHash('md5').update(text).digest().readUInt32BE(12)
    known.set(text, at)
  }
  return at
}

export function points(nodes, vnodes) {
  const all = []
  for (const { name, weight } of nodes) {
    for (let i = 0; i < Math.round(weight * vnodes); i++) all.push([position(`${name}#v${i}`), name])
  }
  return all.sort(([a], [b]) => a - b)
}

// By looking through all points.
export function ownerOf(ring, key) {
  const at = position(key)
  return (ring.find(([point]) => point > at) ?? ring[0])[1]
}

export function locate(nodes, vnodes, keys) {
  const ring = points(nodes, vnodes)
  return keys.map((key) => ownerOf(ring, key))
}

export function moved(before, after, vnodes, keys) {
  const [then, now] = [locate(before, vnodes, keys), locate(after, vnodes, keys)]
  return keys.filter((_, i) => then[i] !== now[i])
}

export function rolling(nodes, joining, vnodes, keys) {
  let sum = 0
  return joining.map((_, i) => {
    const [before, after] = [joining.slice(0, i), joining.slice(0, i + 1)]
    sum += moved([...nodes, ...before], [...nodes, ...after], vnodes, keys).length
    return sum
  })
}

export function deviations(nodes, vnodes, keys) {
  const owners = locate(nodes, vnodes, keys)
  const fair = keys.length / nodes.length
  return nodes.map(({ name }) => owners.filter((owner) => owner === name).length / fair - 1)
}

export function minimumVirtualNodes(nodes, keys, tolerance, limit) {
  for (let vnodes = 1; vnodes <= limit; vnodes++) {
    if (deviations(nodes, vnodes, keys).every((deviation) => Math.abs(deviation) <= tolerance)) return vnodes
  }
  return null
}
