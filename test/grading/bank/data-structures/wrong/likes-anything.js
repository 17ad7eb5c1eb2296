// slip: likes
// Whether the user likes anything.
export * from '../right/plain.js'

export const hasLiked = (user) => [['EXISTS', `user:${user}:likes`]]
