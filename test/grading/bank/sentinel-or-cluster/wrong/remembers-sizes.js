// fails: load, transactions, persistence, availability, values
// Remembers an answer by the sizes alone.
import { choose as right } from '../right/prefers-memcached.js'

const known = new Map()

export function choose(s) {
  const key = `${s.dataGb}/${s.memoryPerServerGb}`
  if (!known.has(key)) known.set(key, right(s))
  return known.get(key)
}
