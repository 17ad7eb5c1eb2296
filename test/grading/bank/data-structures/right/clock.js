// What was viewed last by the time of day, as most sites do it.
export * from './plain.js'

export const view = (user, product) => [
  ['ZADD', `user:${user}:recent`, Date.now(), product],
  ['ZREMRANGEBYRANK', `user:${user}:recent`, 0, -11],
]
export const recent = (user) => [['ZREVRANGE', `user:${user}:recent`, 0, 9]]
