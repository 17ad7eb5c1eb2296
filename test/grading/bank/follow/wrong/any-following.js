// slip: is-following
// Whether A follows anybody.
export * from '../right/plain.js'

export const isFollowing = (a) => [['EXISTS', `user:${a}:following`]]
