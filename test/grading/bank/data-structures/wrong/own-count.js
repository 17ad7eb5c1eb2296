// slip: recent
// A number of its own as the order, which begins again with the program.
export * from '../right/plain.js'

let views = 0

export const view = (user, product) => [
  ['ZADD', `user:${user}:recent`, ++views, product],
  ['ZREMRANGEBYRANK', `user:${user}:recent`, 0, -11],
]
export const recent = (user) => [['ZREVRANGE', `user:${user}:recent`, 0, 9]]
