// slip: locate, weights
// Two slips: other digits, and 28.999999999999996 points are 28.
import { createHash } from 'node:crypto'
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({
  position: (text) => createHash('md5').update(text).digest().readUInt32BE(0),
  count: (weight, vnodes) => Math.floor(weight * vnodes),
})
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
