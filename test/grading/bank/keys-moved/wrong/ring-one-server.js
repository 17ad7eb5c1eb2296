// slip: ring
// One server’s part, however many came.
export * from '../right/plain.js'

export const movedByRing = (before, after) => 1 / Math.max(before, after)
