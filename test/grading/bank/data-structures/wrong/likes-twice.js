// slip: likes
// A list has a post twice.
export * from '../right/plain.js'

export const like = (user, post) => [['RPUSH', `user:${user}:likes`, post]]
export const likes = (user) => [['LRANGE', `user:${user}:likes`, 0, -1]]
export const hasLiked = (user, post) => [['LPOS', `user:${user}:likes`, post]]
