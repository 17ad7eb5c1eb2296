// Other structures that are right too.
type Command = (string | number)[]

const key = (id: string, field: string) => `session/${id}/${field}`

export const saveSession = (id: string, fields: Record<string, string>): Command[] => [
  ['MSET', ...Object.entries(fields).flatMap(([field, value]) => [key(id, field), value])],
]
export const changeField = (id: string, field: string, value: string): Command[] => [
  ['SET', key(id, field), value],
]
export const readField = (id: string, field: string): Command[] => [['GET', key(id, field)]]

export const addPoints = (player: string, points: number): Command[] => [
  ['ZINCRBY', 'board', -points, player],
]
export const best = (count: number): Command[] => [['ZRANGE', 'board', 0, count - 1]]
export const place = (player: string): Command[] => [['ZRANK', 'board', player]]

export const view = (user: string, product: string): Command[] => [
  ['LREM', `recent/${user}`, 0, product],
  ['LPUSH', `recent/${user}`, product],
  ['LTRIM', `recent/${user}`, 0, 9],
]
export const recent = (user: string): Command[] => [['LRANGE', `recent/${user}`, 0, 9]]

export const like = (user: string, post: string): Command[] => [['ZADD', `likes/${user}`, 'NX', 1, post]]
export const likes = (user: string): Command[] => [['ZRANGE', `likes/${user}`, 0, -1]]
export const hasLiked = (user: string, post: string): Command[] => [['ZSCORE', `likes/${user}`, post]]

export const send = (room: string, message: string): Command[] => [['LPUSH', `room/${room}`, message]]
export const receive = (room: string): Command[] => [['BRPOP', `room/${room}`, 1]]
