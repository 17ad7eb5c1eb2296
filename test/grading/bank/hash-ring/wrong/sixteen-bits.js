// slip: locate
// Four hex digits instead of eight.
import { createHash } from 'node:crypto'
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({
  position: (text) => createHash('md5').update(text).digest().readUInt16BE(14),
})
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
