// slip: locate
// UTF-16 instead of UTF-8.
import { createHash } from 'node:crypto'
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({
  position: (text) => createHash('md5').update(text, 'utf16le').digest().readUInt32BE(12),
})
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
