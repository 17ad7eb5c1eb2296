// slip: common
// Whom either follows.
export * from '../right/plain.js'

export const common = (a, b) => [['SUNION', `user:${a}:following`, `user:${b}:following`]]
