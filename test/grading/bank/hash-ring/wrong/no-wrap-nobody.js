// slip: wrap
// Keys behind the last point go to nobody.
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({ owner: (points, at) => points.find(([point]) => point > at)?.[1] ?? null })
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
