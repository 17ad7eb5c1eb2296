// slip: locate
// Keys in small letters.
import { position } from '../right/plain.js'
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({ position: (text) => position(text.toLowerCase()) })
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
