// fails: locate, wrap, boundary, weights, moved, rolling, minimum
// Lists without anything in them.
export const locate = () => []
export const moved = () => []
export const rolling = () => []
export const minimumVirtualNodes = () => []
