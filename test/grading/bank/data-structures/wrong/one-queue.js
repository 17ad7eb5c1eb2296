// slip: chat
// One queue for all rooms.
export * from '../right/plain.js'

export const send = (_room, message) => [['RPUSH', 'chat', message]]
export const receive = () => [['LPOP', 'chat']]
