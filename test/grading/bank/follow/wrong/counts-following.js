// slip: count
// How many B follows.
export * from '../right/plain.js'

export const followerCount = (b) => [['SCARD', `user:${b}:following`]]
