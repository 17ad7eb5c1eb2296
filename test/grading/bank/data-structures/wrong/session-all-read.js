// slip: session
// Reads the whole session for one field.
export * from '../right/plain.js'

export const readField = (id, field) => [
  ['HGETALL', `session:${id}`],
  ['HGET', `session:${id}`, field],
]
