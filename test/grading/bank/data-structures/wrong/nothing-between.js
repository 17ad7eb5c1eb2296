// slip: session
// Nothing between an id and a field.
export * from '../right/plain.js'

const key = (id, field) => `session:${id}${field}`

export const saveSession = (id, fields) => [
  ['MSET', ...Object.entries(fields).flatMap(([name, value]) => [key(id, name), value])],
]
export const changeField = (id, field, value) => [['SET', key(id, field), value]]
export const readField = (id, field) => [['GET', key(id, field)]]
