// slip: rolling
// Nodes join with weight 1.
import { rolling as right } from '../right/plain.js'

export * from '../right/plain.js'

export const rolling = (nodes, joining, ...rest) =>
  right(
    nodes,
    joining.map(({ name }) => ({ name, weight: 1 })),
    ...rest,
  )
