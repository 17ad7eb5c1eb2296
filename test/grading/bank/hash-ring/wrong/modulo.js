// fails: locate, wrap, boundary, weights, minimum
// Modulo by mistake.
import { position } from '../right/plain.js'
import { restOn } from '../whole.js'

export const locate = (nodes, _, keys) => keys.map((key) => nodes[position(key) % nodes.length].name)
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
