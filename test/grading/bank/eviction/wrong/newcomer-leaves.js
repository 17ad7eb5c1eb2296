// fails: room, lru
// The key that comes in may leave at once.
import { simulate as right } from '../right/plain.js'

export * from '../right/plain.js'

export function simulate(policy, capacity, requests) {
  if (policy !== 'lru') return right(policy, capacity, requests)
  const order = []
  return requests.map((key) => {
    const hit = order.includes(key)
    if (hit) order.splice(order.indexOf(key), 1)
    order.unshift(key)
    return { hit, evicted: order.length > capacity ? order.splice(capacity - 1, 1)[0] : null }
  })
}
