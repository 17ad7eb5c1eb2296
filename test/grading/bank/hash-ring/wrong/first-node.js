// fails: locate, wrap, boundary, weights, moved, rolling, minimum
// Everything on the first node, and the rest follows from it.
import { restOn } from '../whole.js'

export const locate = (nodes, _, keys) => keys.map(() => nodes[0].name)
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
