// slip: weights
// 7.000000000000001 points are 8.
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({ count: (weight, vnodes) => Math.ceil(weight * vnodes) })
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
