// slip: locate, boundary
// Two slips: other digits, and a key exactly on a point belongs to it.
import { createHash } from 'node:crypto'
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({
  position: (text) => createHash('md5').update(text).digest().readUInt32BE(0),
  owner: (points, at) => (points.find(([point]) => point >= at) ?? points[0])[1],
})
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
