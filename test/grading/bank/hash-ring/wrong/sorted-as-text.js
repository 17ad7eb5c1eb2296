// slip: locate, wrap
// Positions sorted as texts.
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({ order: ([a], [b]) => (String(a) < String(b) ? -1 : 1) })
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
