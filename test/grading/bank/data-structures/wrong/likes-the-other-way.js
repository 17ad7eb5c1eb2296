// slip: likes, likes-cost
// Who likes a post is looked for among the posts of the post.
export * from '../right/plain.js'

export const hasLiked = (user, post) => [['SISMEMBER', `user:${post}:likes`, user]]
