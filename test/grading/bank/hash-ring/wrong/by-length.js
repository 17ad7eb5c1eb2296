// fails: locate, wrap, boundary, weights, minimum
// Nonsense that isn't constant.
import { restOn } from '../whole.js'

export const locate = (nodes, _, keys) => keys.map((key) => nodes[key.length % nodes.length].name)
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
