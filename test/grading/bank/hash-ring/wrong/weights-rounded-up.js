// slip: weights
// Half a weight counts as a whole one.
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({ count: (weight, vnodes) => Math.ceil(weight) * vnodes })
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
