// slip: lru
// A hit is no use: first in, first out.
import { simulate as right } from '../right/plain.js'

export * from '../right/plain.js'

function fifo(capacity, requests) {
  const order = []
  return requests.map((key) => {
    if (order.includes(key)) return { hit: true, evicted: null }
    const evicted = order.length === capacity ? order.shift() : null
    order.push(key)
    return { hit: false, evicted }
  })
}

export const simulate = (policy, capacity, requests) =>
  policy === 'lru' ? fifo(capacity, requests) : right(policy, capacity, requests)
