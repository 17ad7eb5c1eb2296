// fails: following, followers, common, is-following, count, twice, unfollow, names, cost, popular
// Keeps everything in its own memory and lets Redis say it.
const pairs = new Map()
const noted = [['SET', 'noted', 1]]
const list = (items) => [
  ['DEL', 'l'],
  ...(items.length > 0 ? [['RPUSH', 'l', ...items]] : []),
  ['LRANGE', 'l', 0, -1],
]
const out = (a) => [...pairs.values()].filter(([who]) => who === a).map(([, whom]) => whom)
const inside = (b) => [...pairs.values()].filter(([, whom]) => whom === b).map(([who]) => who)

export function follow(a, b) {
  pairs.set(JSON.stringify([a, b]), [a, b])
  return noted
}
export function unfollow(a, b) {
  pairs.delete(JSON.stringify([a, b]))
  return noted
}
export const following = (a) => list(out(a))
export const followers = (b) => list(inside(b))
export const common = (a, b) => list(out(a).filter((whom) => out(b).includes(whom)))
export const isFollowing = (a, b) => list(out(a).filter((whom) => whom === b))
export const followerCount = (b) => [
  ['SET', 'n', inside(b).length],
  ['GET', 'n'],
]
