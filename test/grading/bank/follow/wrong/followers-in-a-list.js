// slip: popular
// Whoever is popular has a long list to look through.
export * from '../right/plain.js'

export const follow = (a, b) => [
  ['LREM', `user:${b}:order`, 0, a],
  ['RPUSH', `user:${b}:order`, a],
  ['SADD', `user:${a}:following`, b],
]
export const unfollow = (a, b) => [
  ['LREM', `user:${b}:order`, 0, a],
  ['SREM', `user:${a}:following`, b],
]
export const followers = (b) => [['LRANGE', `user:${b}:order`, 0, -1]]
export const followerCount = (b) => [['LLEN', `user:${b}:order`]]
