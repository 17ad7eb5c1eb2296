// slip: keys
// The order of an object’s keys, in which numbers come first.
import { compareBy, simulate as right } from '../right/plain.js'

export * from '../right/plain.js'

export function simulate(policy, capacity, requests) {
  if (policy !== 'lru') return right(policy, capacity, requests)
  const inside = Object.create(null)
  return requests.map((key) => {
    const hit = key in inside
    let evicted = null
    if (!hit && Object.keys(inside).length === capacity) {
      evicted = Object.keys(inside)[0]
      delete inside[evicted]
    }
    delete inside[key]
    inside[key] = true
    return { hit, evicted }
  })
}

export const compare = compareBy(simulate)
