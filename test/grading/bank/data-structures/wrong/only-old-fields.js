// slip: session
// A new field isn't taken.
export * from '../right/plain.js'

const key = (id, field) => `session:${id}:${field}`

export const saveSession = (id, fields) =>
  Object.entries(fields).map(([name, value]) => ['SET', key(id, name), value])
export const changeField = (id, field, value) => [['SET', key(id, field), value, 'XX']]
export const readField = (id, field) => [['GET', key(id, field)]]
