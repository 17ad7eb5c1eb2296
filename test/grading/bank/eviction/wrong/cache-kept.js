// slip: compare, keys, random, room
// The cache of one call is still there in the next.
import { compareBy, picks } from '../right/plain.js'

export * from '../right/plain.js'

const caches = new Map()

export function simulate(policy, capacity, requests) {
  const name = `${policy} ${capacity}`
  if (!caches.has(name)) caches.set(name, { order: [], counts: Object.create(null) })
  const { order, counts } = caches.get(name)
  return requests.map((key) => {
    const hit = key in counts
    let evicted = null
    if (hit) order.splice(order.indexOf(key), 1)
    else if (order.length === capacity) {
      evicted = picks[policy](order, counts)
      order.splice(order.indexOf(evicted), 1)
      delete counts[evicted]
    }
    order.push(key)
    counts[key] = (counts[key] ?? 0) + 1
    return { hit, evicted }
  })
}

export const compare = compareBy(simulate)
