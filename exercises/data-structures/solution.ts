type Command = (string | number)[]

/** A session is a hash, so that each field is read and changed by itself. */
const session = (id: string) => `session:${id}`

export function saveSession(id: string, fields: Record<string, string>): Command[] {
  return [['HSET', session(id), ...Object.entries(fields).flat()]]
}

export function changeField(id: string, field: string, value: string): Command[] {
  return [['HSET', session(id), field, value]]
}

export function readField(id: string, field: string): Command[] {
  return [['HGET', session(id), field]]
}

/** A leaderboard is a sorted set: always in the order of the points. */
export function addPoints(player: string, points: number): Command[] {
  return [['ZINCRBY', 'leaderboard', points, player]]
}

export function best(count: number): Command[] {
  return [['ZREVRANGE', 'leaderboard', 0, count - 1]]
}

export function place(player: string): Command[] {
  return [['ZREVRANK', 'leaderboard', player]]
}

/** The last ten are a list, trimmed at every view. */
export function view(user: string, product: string): Command[] {
  return [
    ['LPUSH', `user:${user}:recent`, product],
    ['LTRIM', `user:${user}:recent`, 0, 9],
  ]
}

export function recent(user: string): Command[] {
  return [['LRANGE', `user:${user}:recent`, 0, -1]]
}

/** Liked posts are a set: nothing is in it twice, and no order is needed. */
export function like(user: string, post: string): Command[] {
  return [['SADD', `user:${user}:likes`, post]]
}

export function likes(user: string): Command[] {
  return [['SMEMBERS', `user:${user}:likes`]]
}

export function hasLiked(user: string, post: string): Command[] {
  return [['SISMEMBER', `user:${user}:likes`, post]]
}

/** Messages of a room are a list: in at one end, out at the other. */
export function send(room: string, message: string): Command[] {
  return [['RPUSH', `chat:${room}`, message]]
}

export function receive(room: string): Command[] {
  return [['LPOP', `chat:${room}`]]
}
