// slip: session
// Reads all fields.
export * from '../right/plain.js'

export const readField = (id) => [['HGETALL', `session:${id}`]]
