// fails: one-more, any-number
// Rounded to a whole percent.
export * from '../right/plain.js'

export const movedByModulo = (before, after) => Math.round((1 - 1 / after) * 100) / 100
