// slip: weights
// Weights go with the nodes in the order of their names.
import { locate as right } from '../right/plain.js'
import { restOn } from '../whole.js'

export const locate = (nodes, vnodes, keys) => {
  const weights = nodes.map(({ weight }) => weight)
  const names = nodes
    .map(({ name }) => name)
    .sort()
    .reverse()
  return right(
    names.map((name, i) => ({ name, weight: weights[i] })),
    vnodes,
    keys,
  )
}
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
