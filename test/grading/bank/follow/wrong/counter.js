// fails: questions
// A counter counts who follows twice twice.
export * from '../right/plain.js'

export const follow = (a, b) => [
  ['SADD', `user:${a}:following`, b],
  ['SADD', `user:${b}:followers`, a],
  ['INCR', `user:${b}:count`],
]

export const followerCount = (b) => [['GET', `user:${b}:count`]]
