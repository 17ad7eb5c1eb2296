// slip: locate
// Keys without the blanks around them.
import { position } from '../right/plain.js'
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({ position: (text) => position(text.trim()) })
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
