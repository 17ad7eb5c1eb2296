// slip: random, room
// Remembers answers by which keys were asked for how often, whatever their order.
import { compareBy, simulate as right } from '../right/plain.js'

export * from '../right/plain.js'

const known = new Map()

export function simulate(policy, capacity, requests) {
  const name = JSON.stringify([policy, capacity, [...requests].sort()])
  if (!known.has(name)) known.set(name, right(policy, capacity, requests))
  return known.get(name)
}

export const compare = compareBy(simulate)
