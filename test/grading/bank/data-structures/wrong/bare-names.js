// slip: together
// Each key is only a name: a session, likes, views and messages of the same name are one key.
export * from '../right/plain.js'

export const saveSession = (id, fields) => [['HSET', id, ...Object.entries(fields).flat()]]
export const changeField = (id, field, value) => [['HSET', id, field, value]]
export const readField = (id, field) => [['HGET', id, field]]
export const view = (user, product) => [
  ['LPUSH', user, product],
  ['LTRIM', user, 0, 9],
]
export const recent = (user) => [['LRANGE', user, 0, -1]]
export const like = (user, post) => [['SADD', user, post]]
export const likes = (user) => [['SMEMBERS', user]]
export const hasLiked = (user, post) => [['SISMEMBER', user, post]]
export const send = (room, message) => [['RPUSH', room, message]]
export const receive = (room) => [['LPOP', room]]
