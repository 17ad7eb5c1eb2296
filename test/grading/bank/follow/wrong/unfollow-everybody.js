// slip: unfollow
// Unfollowing one unfollows all.
export * from '../right/plain.js'

export const unfollow = (a, b) => [
  ['DEL', `user:${a}:following`],
  ['SREM', `user:${b}:followers`, a],
]
