// fails: one-more, any-number
// The visible example only.
export * from '../right/plain.js'

export const movedByModulo = () => 0.8
