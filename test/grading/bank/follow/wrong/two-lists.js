// slip: common
// Leaves the intersection to the client, who can’t see the first reply.
export * from '../right/plain.js'

export const common = (a, b) => [
  ['SMEMBERS', `user:${a}:following`],
  ['SMEMBERS', `user:${b}:following`],
]
