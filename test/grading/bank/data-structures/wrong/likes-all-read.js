// slip: likes-cost
// Reads all likes for one.
export * from '../right/plain.js'

export const hasLiked = (user, post) => [
  ['SMEMBERS', `user:${user}:likes`],
  ['SISMEMBER', `user:${user}:likes`, post],
]
