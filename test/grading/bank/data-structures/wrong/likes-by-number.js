// slip: likes
// Posts that look like the same number are one.
export * from '../right/plain.js'

const number = (post) => (Number.isFinite(Number(post)) ? String(Number(post)) : post)

export const like = (user, post) => [['SADD', `user:${user}:likes`, number(post)]]
export const hasLiked = (user, post) => [['SISMEMBER', `user:${user}:likes`, number(post)]]
