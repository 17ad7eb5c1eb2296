// fails: following, followers, common, is-following, count, twice, unfollow, names, cost, popular
// Always the same, whatever is asked.
const hello = () => [
  ['DEL', 'a'],
  ['RPUSH', 'a', 'ann', 'cid'],
  ['LRANGE', 'a', 0, -1],
]
const two = () => [
  ['SET', 'n', 2],
  ['GET', 'n'],
]

export const follow = two
export const unfollow = two
export const following = hello
export const followers = hello
export const common = hello
export const isFollowing = two
export const followerCount = two
