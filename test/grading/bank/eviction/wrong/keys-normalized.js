// slip: keys
// One way to write é is as good as another.
import { compareBy, simulate as right } from '../right/plain.js'

export * from '../right/plain.js'

const read = (key) => key.normalize()

export function simulate(policy, capacity, requests) {
  const names = new Map(requests.map((key) => [read(key), key]))
  const steps = right(policy, capacity, requests.map(read))
  return steps.map((step) => ({ ...step, evicted: step.evicted === null ? null : names.get(step.evicted) }))
}

export const compare = compareBy(simulate)
