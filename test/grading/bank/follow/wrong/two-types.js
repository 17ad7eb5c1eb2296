// fails: following, followers, common, is-following, count, twice, unfollow, names, cost, popular
// One key, two types.
export * from '../right/plain.js'

export const follow = (a, b) => [
  ['SADD', `user:${a}`, b],
  ['ZADD', `user:${a}`, 1, b],
]
