// slip: locate
// Another label: name-0 instead of name#v0.
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({ label: (name, i) => `${name}-${i}` })
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
