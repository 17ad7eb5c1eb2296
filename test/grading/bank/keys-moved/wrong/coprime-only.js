// slip: any-number
// Takes any two numbers for coprime.
export * from '../right/plain.js'

export const movedByModulo = (before, after) => 1 - Math.min(before, after) / (before * after)
