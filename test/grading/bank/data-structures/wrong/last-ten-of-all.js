// slip: recent
// The oldest ten are kept.
export * from '../right/plain.js'

export const view = (user, product) => [
  ['LPUSH', `user:${user}:recent`, product],
  ['LTRIM', `user:${user}:recent`, -10, -1],
]
