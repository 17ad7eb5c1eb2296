// fails: moved, rolling, minimum
// The other functions are the starter's.
export { locate } from '../right/plain.js'

export const moved = () => []
export const rolling = (_, joining) => joining.map(() => 0)
export const minimumVirtualNodes = () => null
