// slip: chat
// The message stays.
export * from '../right/plain.js'

export const receive = (room) => [['LINDEX', `chat:${room}`, 0]]
