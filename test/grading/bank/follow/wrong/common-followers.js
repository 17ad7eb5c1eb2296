// slip: common
// Who follows both, instead of whom both follow.
export * from '../right/plain.js'

export const common = (a, b) => [['SINTER', `user:${a}:followers`, `user:${b}:followers`]]
