// slip: weights
// 28.999999999999996 points are 28.
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({ count: (weight, vnodes) => Math.floor(weight * vnodes) })
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
