// fails: leaderboard, recent, likes
// Writes what its own memory holds, which is gone when the program is started anew.
export * from '../right/plain.js'

const points = new Map()
const views = new Map()
const liked = new Map()
const of = (map, key, make) => map.get(key) ?? map.set(key, make()).get(key)

export function addPoints(player, more) {
  points.set(player, (points.get(player) ?? 0) + more)
  return [['ZADD', 'leaderboard', points.get(player), player]]
}
export function view(user, product) {
  const key = `user:${user}:recent`
  views.set(user, [product, ...of(views, user, () => [])].slice(0, 10))
  return [
    ['DEL', key],
    ['RPUSH', key, ...views.get(user)],
  ]
}
export function like(user, post) {
  const key = `user:${user}:likes`
  return [
    ['DEL', key],
    ['SADD', key, ...of(liked, user, () => new Set()).add(post)],
  ]
}
