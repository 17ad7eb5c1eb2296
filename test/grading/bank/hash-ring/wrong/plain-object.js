// slip: locate
// Hashes kept in a plain object, which has some names already.
import { position } from '../right/plain.js'

const known = {}

import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({ position: (text) => (known[text] ??= position(text)) })
export const { moved, rolling, minimumVirtualNodes } = restOn(locate)
