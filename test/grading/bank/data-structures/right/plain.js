/** A session is a hash, so that each field is read and changed by itself. */
const session = (id) => `session:${id}`

export function saveSession(id, fields) {
  return [['HSET', session(id), ...Object.entries(fields).flat()]]
}

export function changeField(id, field, value) {
  return [['HSET', session(id), field, value]]
}

export function readField(id, field) {
  return [['HGET', session(id), field]]
}

/** A leaderboard is a sorted set: always in the order of the points. */
export function addPoints(player, points) {
  return [['ZINCRBY', 'leaderboard', points, player]]
}

export function best(count) {
  return [['ZREVRANGE', 'leaderboard', 0, count - 1]]
}

export function place(player) {
  return [['ZREVRANK', 'leaderboard', player]]
}

/** The last ten are a list, trimmed at every view. */
export function view(user, product) {
  return [
    ['LPUSH', `user:${user}:recent`, product],
    ['LTRIM', `user:${user}:recent`, 0, 9],
  ]
}

export function recent(user) {
  return [['LRANGE', `user:${user}:recent`, 0, -1]]
}

/** Liked posts are a set: nothing is in it twice, and no order is needed. */
export function like(user, post) {
  return [['SADD', `user:${user}:likes`, post]]
}

export function likes(user) {
  return [['SMEMBERS', `user:${user}:likes`]]
}

export function hasLiked(user, post) {
  return [['SISMEMBER', `user:${user}:likes`, post]]
}

/** Messages of a room are a list: in at one end, out at the other. */
export function send(room, message) {
  return [['RPUSH', `chat:${room}`, message]]
}

export function receive(room) {
  return [['LPOP', `chat:${room}`]]
}
