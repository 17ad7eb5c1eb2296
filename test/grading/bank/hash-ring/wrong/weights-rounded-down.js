// slip: weights
// One and a half counts as one, but nothing as nothing.
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({ count: (weight, vnodes) => Math.max(1, Math.floor(weight)) * vnodes })
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
