// fails: any-number
// The lesson’s formula for one server more, whatever the change.
export * from '../right/plain.js'

export const movedByModulo = (before) => before / (before + 1)
