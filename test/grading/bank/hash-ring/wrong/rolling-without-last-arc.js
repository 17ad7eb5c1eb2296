// slip: wrap
// Of what a node that joins takes, the keys behind the last point are forgotten.
import { locate, points, position } from '../right/plain.js'

export * from '../right/plain.js'

export function rolling(nodes, joining, vnodes, keys) {
  let sum = 0
  return joining.map((node, i) => {
    const now = [...nodes, ...joining.slice(0, i + 1)]
    const last = points(now, vnodes).at(-1)[0]
    const owners = locate(now, vnodes, keys)
    sum += keys.filter((key, at) => owners[at] === node.name && position(key) < last).length
    return sum
  })
}
