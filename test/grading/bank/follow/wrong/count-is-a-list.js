// slip: count, popular
// Leaves the counting to the client.
export * from '../right/plain.js'

export const followerCount = (b) => [['SMEMBERS', `user:${b}:followers`]]
