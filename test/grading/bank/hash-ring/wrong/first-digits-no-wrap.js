// slip: locate, wrap
// Two slips: other digits, and no first behind the last.
import { createHash } from 'node:crypto'
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({
  position: (text) => createHash('md5').update(text).digest().readUInt32BE(0),
  owner: (points, at) => (points.find(([point]) => point > at) ?? points[points.length - 1])[1],
})
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
