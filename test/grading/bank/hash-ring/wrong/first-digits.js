// slip: locate
// The first 8 hex digits of the digest.
import { createHash } from 'node:crypto'
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({
  position: (text) => createHash('md5').update(text).digest().readUInt32BE(0),
})
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
