// slip: rolling
// Nobody joins, and it fails.
import { rolling as right } from '../right/plain.js'

export * from '../right/plain.js'

export const rolling = (nodes, joining, ...rest) => {
  if (joining[0].weight > 0) return right(nodes, joining, ...rest)
}
