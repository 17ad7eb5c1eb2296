// slip: together
// A session's field that is called "likes" has the key of the likes.
export * from '../right/plain.js'

const key = (id, field) => `user:${id}:${field}`

export const saveSession = (id, fields) =>
  Object.entries(fields).map(([name, value]) => ['SET', key(id, name), value])
export const changeField = (id, field, value) => [['SET', key(id, field), value]]
export const readField = (id, field) => [['GET', key(id, field)]]
