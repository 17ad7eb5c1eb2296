// slip: twice, unfollow
// A counter counts who follows twice twice, and whoever is unfollowed still.
export * from '../right/plain.js'

export const follow = (a, b) => [
  ['SADD', `user:${a}:following`, b],
  ['SADD', `user:${b}:followers`, a],
  ['INCR', `user:${b}:count`],
]

export const followerCount = (b) => [
  ['SETNX', `user:${b}:count`, 0],
  ['GET', `user:${b}:count`],
]
