// fails: questions
// A list has somebody twice who follows twice.
export * from '../right/plain.js'

const out = (name) => `user:${name}:following`
const inside = (name) => `user:${name}:followers`

export const follow = (a, b) => [
  ['RPUSH', out(a), b],
  ['RPUSH', inside(b), a],
]
export const following = (a) => [['LRANGE', out(a), 0, -1]]
export const followers = (b) => [['LRANGE', inside(b), 0, -1]]
export const isFollowing = (a, b) => [['LPOS', out(a), b]]
export const followerCount = (b) => [['LLEN', inside(b)]]
