// slip: recent
// 0 to 8 are nine.
export * from '../right/plain.js'

export const view = (user, product) => [
  ['LPUSH', `user:${user}:recent`, product],
  ['LTRIM', `user:${user}:recent`, 0, 8],
]
