// slip: followers, count
// Nobody knows by whom they are followed.
export * from '../right/plain.js'

const out = (name) => `user:${name}:following`

export const follow = (a, b) => [['SADD', out(a), b]]
