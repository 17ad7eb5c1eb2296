// slip: likes
import * as plain from '../right/plain.js'

export * from '../right/plain.js'

export const like = (user, post) => plain.like(user, post.toLowerCase())
export const hasLiked = (user, post) => plain.hasLiked(user, post.toLowerCase())
