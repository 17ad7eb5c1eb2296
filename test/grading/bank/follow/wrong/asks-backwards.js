// slip: is-following
// Whether B follows A.
export * from '../right/plain.js'

export const isFollowing = (a, b) => [['SISMEMBER', `user:${b}:following`, a]]
