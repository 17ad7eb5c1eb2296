// slip: weights
// One point too many where the weight is not 1.
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({
  count: (weight, vnodes) => Math.round(weight * vnodes) + (weight === 1 ? 0 : 1),
})
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
