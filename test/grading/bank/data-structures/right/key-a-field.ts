// A key for each field, set by a command of its own, and the names of the fields beside them.
export * from './other.js'

type Command = (string | number)[]

const field = (id: string, name: string) => `session:${id}:${name}`

export const saveSession = (id: string, fields: Record<string, string>): Command[] =>
  Object.entries(fields).flatMap(([name, value]) => [
    ['SET', field(id, name), value],
    ['SADD', `session-fields:${id}`, name],
  ])
export const changeField = (id: string, name: string, value: string): Command[] => [
  ['SET', field(id, name), value, 'KEEPTTL'],
  ['SADD', `session-fields:${id}`, name],
]
export const readField = (id: string, name: string): Command[] => [['GET', field(id, name)]]
