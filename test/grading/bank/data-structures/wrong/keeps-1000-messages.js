// slip: chat
// Only so many messages wait.
export * from '../right/plain.js'

export const send = (room, message) => [
  ['RPUSH', `chat:${room}`, message],
  ['LTRIM', `chat:${room}`, 0, 999],
]
