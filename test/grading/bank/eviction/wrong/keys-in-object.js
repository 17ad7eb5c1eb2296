// slip: keys
// A plain object holds the keys: some names are always there.
import { compareBy, picks } from '../right/plain.js'

export * from '../right/plain.js'

export function simulate(policy, capacity, requests) {
  const order = []
  const counts = {}
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
