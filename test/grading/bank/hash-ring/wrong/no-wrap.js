// slip: wrap
// Keys behind the last point go to the last node.
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({
  owner: (points, at) => (points.find(([point]) => point > at) ?? points[points.length - 1])[1],
})
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
