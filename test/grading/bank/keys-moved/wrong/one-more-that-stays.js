// fails: one-more, any-number
// The share that stays instead of the share that moves.
export * from '../right/plain.js'

export const movedByModulo = (before, after) => 1 / after
