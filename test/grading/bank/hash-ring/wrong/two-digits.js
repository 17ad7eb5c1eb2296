// slip: locate
// Numbers of two digits: #v00.
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({ label: (name, i) => `${name}#v${String(i).padStart(2, '0')}` })
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
