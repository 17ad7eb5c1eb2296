// slip: compare
// Counts only once the cache is full.
import { simulate } from '../right/plain.js'

export * from '../right/plain.js'

export function compare(capacity, requests) {
  const ratio = (policy) => {
    const steps = simulate(policy, capacity, requests)
    const full = Math.min(steps.length - 1, capacity)
    return steps.slice(full).filter(({ hit }) => hit).length / (steps.length - full)
  }
  return { lru: ratio('lru'), lfu: ratio('lfu'), random: ratio('random') }
}
