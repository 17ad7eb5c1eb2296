// slip: chat
// The newest first.
export * from '../right/plain.js'

export const send = (room, message) => [['LPUSH', `chat:${room}`, message]]
