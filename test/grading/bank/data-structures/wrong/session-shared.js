// slip: session
// All sessions in one hash.
export * from '../right/plain.js'

export const saveSession = (_id, fields) => [['HSET', 'session', ...Object.entries(fields).flat()]]
export const changeField = (_id, field, value) => [['HSET', 'session', field, value]]
export const readField = (_id, field) => [['HGET', 'session', field]]
