// slip: locate
// The empty key is left out, in all functions.
import { locateBy, restOn } from '../whole.js'

const right = locateBy({})

export const locate = (nodes, vnodes, keys) => right(nodes, vnodes, keys.filter(Boolean))
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
