// slip: locate, weights
// Two slips: other digits, and no weights.
import { createHash } from 'node:crypto'
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({
  position: (text) => createHash('md5').update(text).digest().readUInt32BE(0),
  count: (_, vnodes) => vnodes,
})
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
