// fails: locate, wrap, boundary, weights, moved, rolling, minimum
// Everything on the node whose name comes first: a ring with one point.
import { restOn } from '../whole.js'

export const locate = (nodes, _, keys) => {
  const [first] = nodes.map(({ name }) => name).sort()
  return keys.map(() => first)
}
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
