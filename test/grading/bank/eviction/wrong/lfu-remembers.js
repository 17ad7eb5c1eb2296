// slip: lfu-anew
// Keeps the counts of keys that left.
import { picks, run } from '../right/plain.js'

export * from '../right/plain.js'

export function simulate(policy, capacity, requests) {
  return policy === 'lfu' ? remembering(capacity, requests) : run(capacity, requests, picks[policy])
}

function remembering(capacity, requests) {
  const order = []
  const counts = new Map()
  return requests.map((key) => {
    const hit = order.includes(key)
    counts.set(key, (counts.get(key) ?? 0) + 1)
    let evicted = null
    if (hit) order.splice(order.indexOf(key), 1)
    else if (order.length === capacity) {
      evicted = order.reduce((least, other) => (counts.get(other) < counts.get(least) ? other : least))
      order.splice(order.indexOf(evicted), 1)
    }
    order.push(key)
    return { hit, evicted }
  })
}
