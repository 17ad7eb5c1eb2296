// slip: session
import * as plain from '../right/plain.js'

export * from '../right/plain.js'

export const saveSession = (id, fields) =>
  plain.saveSession(
    id,
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value])),
  )
export const changeField = (id, field, value) => plain.changeField(id, field.toLowerCase(), value)
export const readField = (id, field) => plain.readField(id, field.toLowerCase())
