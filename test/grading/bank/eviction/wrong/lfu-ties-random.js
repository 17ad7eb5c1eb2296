// slip: compare, keys, lfu-ties
// Of several keys chance takes one.
import { compareBy, picks, run } from '../right/plain.js'

export * from '../right/plain.js'

function any(order, counts) {
  const least = Math.min(...order.map((key) => counts[key]))
  const keys = order.filter((key) => counts[key] === least)
  return keys[Math.floor(Math.random() * keys.length)]
}

export const simulate = (policy, capacity, requests) =>
  run(capacity, requests, policy === 'lfu' ? any : picks[policy])

export const compare = compareBy(simulate)
