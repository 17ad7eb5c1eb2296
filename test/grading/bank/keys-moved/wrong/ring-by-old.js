// slip: ring
// Divides by the old number of servers.
export * from '../right/plain.js'

export const movedByRing = (before, after) => Math.abs(after - before) / before
