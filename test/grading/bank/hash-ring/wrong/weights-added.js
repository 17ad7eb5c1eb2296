// slip: weights
// The weight is added instead.
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({ count: (weight, vnodes) => vnodes + Math.ceil(weight) - 1 })
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
