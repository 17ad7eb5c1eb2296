// slip: cost
// Looks at every key first.
export * from '../right/plain.js'

export const following = (a) => [
  ['KEYS', '*'],
  ['SMEMBERS', `user:${a}:following`],
]
