// fails: one-more, any-number, ring, counted
// Nothing is written yet, but the file isn't the starter.
export const movedByModulo = () => 0
export const movedByRing = () => 0
export const countMoved = () => 0
