// slip: unfollow
// Takes out anybody.
export * from '../right/plain.js'

export const unfollow = (a, b) => [
  ['SPOP', `user:${a}:following`],
  ['SREM', `user:${b}:followers`, a],
]
