// slip: boundary
// A key exactly on a point belongs to that point.
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({
  owner: (points, at) => (points.find(([point]) => point >= at) ?? points[0])[1],
})
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
