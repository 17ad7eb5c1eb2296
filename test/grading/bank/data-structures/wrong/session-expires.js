// slip: session
// Half an hour, as one is used to of sessions.
import * as plain from '../right/plain.js'

export * from '../right/plain.js'

export const saveSession = (id, fields) => {
  const commands = plain.saveSession(id, fields)
  return [...commands, ['EXPIRE', commands[0][1], 5]]
}
