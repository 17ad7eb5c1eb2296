// slip: together
// Views and messages are both lists, of the same key, and nothing is refused.
export * from '../right/plain.js'

export const view = (user, product) => [
  ['LPUSH', `list:${user}`, product],
  ['LTRIM', `list:${user}`, 0, 9],
]
export const recent = (user) => [['LRANGE', `list:${user}`, 0, -1]]
export const send = (room, message) => [['RPUSH', `list:${room}`, message]]
export const receive = (room) => [['LPOP', `list:${room}`]]
