// slip: chat
// Any message, and equal ones once.
export * from '../right/plain.js'

export const send = (room, message) => [['SADD', `chat:${room}`, message]]
export const receive = (room) => [['SPOP', `chat:${room}`]]
