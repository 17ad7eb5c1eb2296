// slip: compare
// Random’s ratio for all.
import { simulate } from '../right/plain.js'

export * from '../right/plain.js'

export function compare(capacity, requests) {
  const ratio = () => simulate('random', capacity, requests).filter(({ hit }) => hit).length / requests.length
  return { lru: ratio(), lfu: ratio(), random: ratio() }
}
