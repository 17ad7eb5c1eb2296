// slip: keys
// Spaces around keys are cut off.
import { compareBy, simulate as right } from '../right/plain.js'

export * from '../right/plain.js'

const read = (key) => key.trim()

export function simulate(policy, capacity, requests) {
  const names = new Map(requests.map((key) => [read(key), key]))
  const steps = right(policy, capacity, requests.map(read))
  return steps.map((step) => ({ ...step, evicted: step.evicted === null ? null : names.get(step.evicted) }))
}

export const compare = compareBy(simulate)
