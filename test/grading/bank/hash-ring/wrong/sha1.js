// slip: locate
// Another hash.
import { createHash } from 'node:crypto'
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({
  position: (text) => createHash('sha1').update(text).digest().readUInt32BE(16),
})
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
