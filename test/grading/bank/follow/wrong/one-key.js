// slip: following, followers, unfollow
// One set a person for both directions.
export const follow = (a, b) => [
  ['SADD', `user:${a}`, b],
  ['SADD', `user:${b}`, a],
]
export const unfollow = (a, b) => [
  ['SREM', `user:${a}`, b],
  ['SREM', `user:${b}`, a],
]
export const following = (a) => [['SMEMBERS', `user:${a}`]]
export const followers = following
export const common = (a, b) => [['SINTER', `user:${a}`, `user:${b}`]]
export const isFollowing = (a, b) => [['SISMEMBER', `user:${a}`, b]]
export const followerCount = (b) => [['SCARD', `user:${b}`]]
