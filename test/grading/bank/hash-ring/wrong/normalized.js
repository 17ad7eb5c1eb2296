// slip: locate
// Letters with their accents composed.
import { position } from '../right/plain.js'
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({ position: (text) => position(text.normalize('NFC')) })
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
