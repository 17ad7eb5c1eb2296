// slip: recent
// The newest is last.
export * from '../right/plain.js'

export const view = (user, product) => [
  ['RPUSH', `user:${user}:recent`, product],
  ['LTRIM', `user:${user}:recent`, -10, -1],
]
