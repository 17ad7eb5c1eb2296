// slip: chat
// Two equal messages are one member.
export * from '../right/plain.js'

export const send = (room, message) => [['ZADD', `chat:${room}`, 0, message]]
export const receive = (room) => [
  ['ZRANGE', `chat:${room}`, 0, 0],
  ['ZREMRANGEBYRANK', `chat:${room}`, 0, 0],
]
