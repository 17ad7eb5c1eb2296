// Scores are the times of the day, and names come in the order of following.
const out = (name) => `following:${name}`
const inside = (name) => `followers:${name}`

export const follow = (a, b) => {
  const now = Date.now()
  return [
    ['ZADD', out(a), 'NX', now, b],
    ['ZADD', inside(b), 'NX', now, a],
  ]
}
export const unfollow = (a, b) => [
  ['ZREM', out(a), b],
  ['ZREM', inside(b), a],
]
export const following = (a) => [['ZRANGEBYSCORE', out(a), '-inf', Date.now() + 1000]]
export const followers = (b) => [['ZREVRANGE', inside(b), 0, -1]]
export const common = (a, b) => [['ZINTER', 2, out(a), out(b)]]
export const isFollowing = (a, b) => [
  ['ZRANK', out(a), b],
  ['ZMSCORE', out(a), b],
]
export const followerCount = (b) => [['ZCOUNT', inside(b), '-inf', '+inf']]
