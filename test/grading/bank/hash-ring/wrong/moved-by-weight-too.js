// slip: moved
// Weights of the nodes before, also afterwards.
import { moved as right } from '../right/plain.js'

export * from '../right/plain.js'

export function moved(before, after, vnodes, keys) {
  const weights = new Map(before.map(({ name, weight }) => [name, weight]))
  const same = after.map(({ name, weight }) => ({ name, weight: weights.get(name) ?? weight }))
  return right(before, same, vnodes, keys)
}
