// slip: rolling
// Remembers the nodes of the first call.
import { rolling as right } from '../right/plain.js'

export * from '../right/plain.js'

let first
export const rolling = (nodes, ...rest) => {
  first ??= nodes
  return right(first, ...rest)
}
