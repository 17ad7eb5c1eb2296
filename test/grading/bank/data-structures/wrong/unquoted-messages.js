// slip: together
// Messages in a line, quoted, but what is quoted in them isn't escaped.
export * from '../right/plain.js'

export const send = (room, message) => [`RPUSH chat:${room} "${message}"`]
export const receive = (room) => [`LPOP chat:${room}`]
