// slip: locate
// The last four bytes the other way round.
import { createHash } from 'node:crypto'
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({
  position: (text) => createHash('md5').update(text).digest().readUInt32LE(12),
})
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
