// fails: following, followers, twice, unfollow
// Writes the lists that its own memory holds, which are gone when the program is started anew.
export * from '../right/plain.js'

const out = new Map()
const inside = new Map()
const of = (map, key) => map.get(key) ?? map.set(key, new Set()).get(key)
const written = (key, names) => [['DEL', key], ...(names.size > 0 ? [['SADD', key, ...names]] : [])]
const both = (a, b) => [
  ...written(`user:${a}:following`, of(out, a)),
  ...written(`user:${b}:followers`, of(inside, b)),
]

export function follow(a, b) {
  of(out, a).add(b)
  of(inside, b).add(a)
  return both(a, b)
}
export function unfollow(a, b) {
  of(out, a).delete(b)
  of(inside, b).delete(a)
  return both(a, b)
}
