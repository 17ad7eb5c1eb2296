// slip: locate
// Virtual nodes are numbered from 1.
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({ label: (name, i) => `${name}#v${i + 1}` })
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
