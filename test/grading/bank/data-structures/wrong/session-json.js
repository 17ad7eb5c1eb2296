// slip: session, together
// All of it as one text: no field can be read.
export * from '../right/plain.js'

export const saveSession = (id, fields) => [['SET', `session:${id}`, JSON.stringify(fields)]]
export const changeField = (id, field, value) => [['APPEND', `session:${id}`, `${field}=${value}`]]
export const readField = (id) => [['GET', `session:${id}`]]
