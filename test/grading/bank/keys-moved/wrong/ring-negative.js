// slip: ring
// A negative share when servers go.
export * from '../right/plain.js'

export const movedByRing = (before, after) => (after - before) / Math.max(before, after)
