// Whole solutions from parts: what is wrong in one part is then wrong in all functions, as in a real solution.
import { position as lessons } from './right/plain.js'

export const after = (points, at) => (points.find(([point]) => point > at) ?? points[0])[1]

/** `locate` with other hashing, labels, numbers of virtual nodes, or another way round the ring. */
export function locateBy({
  position = lessons,
  label = (name, i) => `${name}#v${i}`,
  count = (weight, vnodes) => Math.round(weight * vnodes),
  owner = after,
  order = (a, b) => a[0] - b[0],
}) {
  return (nodes, vnodes, keys) => {
    const points = nodes
      .flatMap(({ name, weight }) =>
        Array.from({ length: count(weight, vnodes) }, (_, i) => [position(label(name, i)), name]),
      )
      .sort(order)
    return keys.map((key) => owner(points, position(key)))
  }
}

/** The other functions on top of a `locate`. */
export function restOn(locate) {
  const moved = (before, after, vnodes, keys) => {
    const [then, now] = [locate(before, vnodes, keys), locate(after, vnodes, keys)]
    return keys.filter((_, i) => then[i] !== now[i])
  }
  const rolling = (nodes, joining, vnodes, keys) => {
    const steps = Array.from({ length: joining.length + 1 }, (_, i) =>
      locate([...nodes, ...joining.slice(0, i)], vnodes, keys),
    )
    let sum = 0
    return steps.slice(1).map((now, step) => {
      sum += now.filter((owner, i) => owner !== steps[step][i]).length
      return sum
    })
  }
  const minimumVirtualNodes = (nodes, keys, tolerance, limit) => {
    const fair = keys.length / nodes.length
    for (let vnodes = 1; vnodes <= limit; vnodes++) {
      const owners = locate(nodes, vnodes, keys)
      const isNear = ({ name }) =>
        Math.abs(owners.filter((owner) => owner === name).length - fair) <= tolerance * fair
      if (nodes.every(isNear)) return vnodes
    }
    return null
  }
  return { moved, rolling, minimumVirtualNodes }
}
