// fails: weights
// Half a weight counts as a whole one.
import { locate as right } from '../right/plain.js'

export * from '../right/plain.js'

export const locate = (nodes, vnodes, keys) =>
  right(
    nodes.map(({ name, weight }) => ({ name, weight: Math.ceil(weight) })),
    vnodes,
    keys,
  )
