// fails: one-more, any-number
// Percent instead of a share.
export * from '../right/plain.js'

export const movedByModulo = (before, after) => (100 * before) / after
