// slip: unfollow
// Unfollowing is forgotten on one side.
export * from '../right/plain.js'

export const unfollow = (a, b) => [['SREM', `user:${a}:following`, b]]
