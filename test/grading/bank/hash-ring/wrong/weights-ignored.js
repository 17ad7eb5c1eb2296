// slip: weights
// Every node has the same number of points.
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({ count: (_, vnodes) => vnodes })
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
