// slip: room
// A full cache evicts at every request.
import { simulate as right } from '../right/plain.js'

export * from '../right/plain.js'

export function simulate(policy, capacity, requests) {
  const steps = right(policy, capacity, requests)
  return steps.map((step, i) => (step.hit ? { ...step, evicted: requests[i] } : step))
}
