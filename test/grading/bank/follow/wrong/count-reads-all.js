// slip: popular
// Reads all followers to count them.
export * from '../right/plain.js'

export const followerCount = (b) => [
  ['SMEMBERS', `user:${b}:followers`],
  ['SCARD', `user:${b}:followers`],
]
