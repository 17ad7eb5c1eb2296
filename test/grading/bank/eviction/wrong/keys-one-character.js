// slip: keys
// Only the first UTF-16 unit of a key counts where it is outside ASCII.
import { compareBy, simulate as right } from '../right/plain.js'

export * from '../right/plain.js'

const read = (key) => (key.charCodeAt(0) > 127 ? key[0] : key)

export function simulate(policy, capacity, requests) {
  const names = new Map(requests.map((key) => [read(key), key]))
  const steps = right(policy, capacity, requests.map(read))
  return steps.map((step) => ({ ...step, evicted: step.evicted === null ? null : names.get(step.evicted) }))
}

export const compare = compareBy(simulate)
