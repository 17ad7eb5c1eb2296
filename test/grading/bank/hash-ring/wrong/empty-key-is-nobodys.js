// slip: locate
// The empty key is taken for none, in all functions.
import { locateBy, restOn } from '../whole.js'

const right = locateBy({})

export const locate = (nodes, vnodes, keys) =>
  right(nodes, vnodes, keys).map((name, i) => (keys[i] ? name : null))
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
