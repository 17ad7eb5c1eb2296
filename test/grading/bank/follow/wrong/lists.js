// fails: common, is-following, twice, popular
// A list has somebody twice who follows twice, answers 0 for the first, and is searched from its end.
const out = (name) => `user:${name}:following`
const inside = (name) => `user:${name}:followers`

export const follow = (a, b) => [
  ['RPUSH', out(a), b],
  ['RPUSH', inside(b), a],
]
export const unfollow = (a, b) => [
  ['LREM', out(a), 0, b],
  ['LREM', inside(b), 0, a],
]
export const following = (a) => [['LRANGE', out(a), 0, -1]]
export const followers = (b) => [['LRANGE', inside(b), 0, -1]]
export const isFollowing = (a, b) => [['LPOS', out(a), b]]
export const common = (a, b) => [['SINTER', out(a), out(b)]]
export const followerCount = (b) => [['LLEN', inside(b)]]
