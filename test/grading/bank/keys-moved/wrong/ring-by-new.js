// slip: ring
// Divides by the new number, also when servers go.
export * from '../right/plain.js'

export const movedByRing = (before, after) => Math.abs(after - before) / after
