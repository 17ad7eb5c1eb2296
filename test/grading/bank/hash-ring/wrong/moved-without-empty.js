// slip: moved
// The empty key never moves.
import { locateBy, restOn } from '../whole.js'

export const locate = locateBy({})
const { moved: right, rolling, minimumVirtualNodes } = restOn(locate)
export const moved = (...asked) => right(...asked).filter((key) => key)
export { minimumVirtualNodes, rolling }
