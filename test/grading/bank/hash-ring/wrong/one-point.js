// fails: locate, weights, minimum
// A single point for each node.
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({ count: () => 1 })
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
