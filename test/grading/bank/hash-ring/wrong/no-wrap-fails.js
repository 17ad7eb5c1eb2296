// slip: wrap
// Fails for keys behind the last point.
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({ owner: (points, at) => points.find(([point]) => point > at)[1] })
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
