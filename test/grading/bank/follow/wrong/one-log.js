// slip: cost, popular
// A log of everybody is searched at every write.
export * from '../right/plain.js'

export const unfollow = (a, b) => [
  ['LREM', 'log', 0, `${a}/${b}`],
  ['SREM', `user:${a}:following`, b],
  ['SREM', `user:${b}:followers`, a],
]

export const follow = (a, b) => [
  ['LREM', 'log', 0, `${a}/${b}`],
  ['RPUSH', 'log', `${a}/${b}`],
  ['SADD', `user:${a}:following`, b],
  ['SADD', `user:${b}:followers`, a],
]
