// slip: one-command, transaction
// True, whatever is asked.
export * from '../right/plain.js'

export const together = () => true
