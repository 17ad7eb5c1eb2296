// slip: locate, wrap, boundary
// The nearest point, in either direction.
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({
  owner: (points, at) =>
    points.reduce((best, point) => (Math.abs(point[0] - at) < Math.abs(best[0] - at) ? point : best))[1],
})
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
