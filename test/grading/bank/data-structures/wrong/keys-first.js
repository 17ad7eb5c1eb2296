// slip: session, recent-cost
// Looks for the key among all keys first.
export * from '../right/plain.js'

export const changeField = (id, field, value) => [
  ['KEYS', 'session:*'],
  ['HSET', `session:${id}`, field, value],
]
export const recent = (user) => [
  ['SCAN', 0, 'MATCH', 'user:*', 'COUNT', 100000],
  ['LRANGE', `user:${user}:recent`, 0, -1],
]
