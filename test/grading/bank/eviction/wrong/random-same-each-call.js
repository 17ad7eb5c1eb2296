// slip: random
// The generator begins with the same seed at every call.
import { compareBy, picks, run } from '../right/plain.js'

export * from '../right/plain.js'

/** A small generator, right in itself. */
function generator(seed) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

export function simulate(policy, capacity, requests) {
  const next = generator(42)
  const any = (order) => order[Math.floor(next() * order.length)]
  return run(capacity, requests, policy === 'random' ? any : picks[policy])
}

export const compare = compareBy(simulate)
