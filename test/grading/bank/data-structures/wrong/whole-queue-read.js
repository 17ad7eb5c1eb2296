// slip: chat-cost
// Reads all messages for one.
export * from '../right/plain.js'

export const receive = (room) => [
  ['LRANGE', `chat:${room}`, 0, -1],
  ['LPOP', `chat:${room}`],
]
