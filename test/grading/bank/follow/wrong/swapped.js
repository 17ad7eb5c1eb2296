// slip: following, followers, unfollow
// The wrong one follows.
export * from '../right/plain.js'

const out = (name) => `user:${name}:following`
const inside = (name) => `user:${name}:followers`

export const follow = (a, b) => [
  ['SADD', out(b), a],
  ['SADD', inside(a), b],
]
