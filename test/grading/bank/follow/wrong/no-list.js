// slip: following
// A command alone instead of a list of commands.
export * from '../right/plain.js'

export const following = (a) => `SMEMBERS user:${a}:following`
