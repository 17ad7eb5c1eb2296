// slip: session
// Changing a field forgets the others.
export * from '../right/plain.js'

export const changeField = (id, field, value) => [
  ['DEL', `session:${id}`],
  ['HSET', `session:${id}`, field, value],
]
