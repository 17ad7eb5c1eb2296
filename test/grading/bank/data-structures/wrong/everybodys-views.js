// slip: recent
// One list for all users.
export * from '../right/plain.js'

export const view = (_user, product) => [
  ['LPUSH', 'recent', product],
  ['LTRIM', 'recent', 0, 9],
]

export const recent = () => [['LRANGE', 'recent', 0, -1]]
