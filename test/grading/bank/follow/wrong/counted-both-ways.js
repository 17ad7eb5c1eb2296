// slip: twice, unfollow
// A counter that goes up and down, whatever was before.
export * from '../right/plain.js'

export const follow = (a, b) => [
  ['SADD', `user:${a}:following`, b],
  ['SADD', `user:${b}:followers`, a],
  ['INCR', `user:${b}:count`],
]
export const unfollow = (a, b) => [
  ['SREM', `user:${a}:following`, b],
  ['SREM', `user:${b}:followers`, a],
  ['DECR', `user:${b}:count`],
]
export const followerCount = (b) => [['INCRBY', `user:${b}:count`, 0]]
