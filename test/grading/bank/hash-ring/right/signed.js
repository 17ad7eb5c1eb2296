// The order of signed numbers is the same circle, begun elsewhere.
import { createHash } from 'node:crypto'
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({
  position: (text) => createHash('md5').update(text).digest().readInt32BE(12),
})
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
