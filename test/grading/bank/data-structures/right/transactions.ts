// Everything in MULTI and EXEC, in lines quoted as JSON; one hash for all sessions; nothing is cut off.
const line = (...words: (string | number)[]) =>
  words.map((word) => (typeof word === 'string' ? JSON.stringify(word) : word)).join(' ')
const atOnce = (...lines: string[]) => ['multi', ...lines, 'exec']

export const saveSession = (id: string, fields: Record<string, string>) =>
  atOnce(...Object.keys(fields).map((name) => line('hset', 'sessions', `${id}:${name}`, fields[name])))
export const changeField = (id: string, name: string, value: string) =>
  atOnce(line('hset', 'sessions', `${id}:${name}`, value))
export const readField = (id: string, name: string) => atOnce(line('hmget', 'sessions', `${id}:${name}`))

export const addPoints = (player: string, points: number) => atOnce(line('zincrby', 'board', points, player))
export const best = (count: number) => atOnce(line('zrevrange', 'board', 0, count - 1))
export const place = (player: string) => atOnce(line('zrevrank', 'board', player))

export const view = (user: string, product: string) => atOnce(line('lpush', `views:${user}`, product))
export const recent = (user: string) => atOnce(line('lrange', `views:${user}`, 0, 9))

export const like = (user: string, post: string) => atOnce(line('sadd', `likes:${user}`, post))
export const likes = (user: string) => atOnce(line('sort', `likes:${user}`, 'alpha'))
export const hasLiked = (user: string, post: string) => atOnce(line('smismember', `likes:${user}`, post))

export const send = (room: string, message: string) => atOnce(line('rpush', `room:${room}`, message))
export const receive = (room: string) =>
  atOnce(line('lrange', `room:${room}`, 0, 0), line('lpop', `room:${room}`, 1))
