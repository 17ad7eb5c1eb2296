// slip: random, room
// Draws from all keys that were ever requested.
import { simulate as right } from '../right/plain.js'

export * from '../right/plain.js'

export function simulate(policy, capacity, requests) {
  const keys = [...new Set(requests)]
  const steps = right(policy, capacity, requests)
  if (policy !== 'random') return steps
  return steps.map(({ hit, evicted }) => ({
    hit,
    evicted: evicted && keys[Math.floor(Math.random() * keys.length)],
  }))
}
