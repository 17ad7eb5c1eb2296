// slip: locate
// The node before instead of the node behind.
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({
  owner: (points, at) => (points.findLast(([point]) => point < at) ?? points[points.length - 1])[1],
})
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
