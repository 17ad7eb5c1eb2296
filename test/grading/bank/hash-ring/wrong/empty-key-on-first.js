// slip: locate
// The empty key is put on the first node, in all functions.
import { locateBy, restOn } from '../whole.js'

const right = locateBy({})

export const locate = (nodes, vnodes, keys) =>
  right(nodes, vnodes, keys).map((name, i) => (keys[i] ? name : nodes[0].name))
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
