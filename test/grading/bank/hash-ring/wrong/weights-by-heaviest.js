// slip: weights
// Only how heavy a node is beside the heaviest counts.
import { locate as right } from '../right/plain.js'
import { restOn } from '../whole.js'

export const locate = (nodes, vnodes, keys) => {
  const most = Math.max(...nodes.map(({ weight }) => weight))
  return right(
    nodes.map(({ name, weight }) => ({ name, weight: Math.max(weight / most, 1 / vnodes) })),
    vnodes,
    keys,
  )
}
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
