// slip: is-following
// Repeats what is asked.
export * from '../right/plain.js'

export const isFollowing = (_a, b) => [['ECHO', b]]
