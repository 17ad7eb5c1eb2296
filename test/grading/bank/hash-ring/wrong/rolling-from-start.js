// slip: rolling
// Compares with the beginning instead of the step before.
import { moved } from '../right/plain.js'

export * from '../right/plain.js'

export const rolling = (nodes, joining, vnodes, keys) =>
  joining.map((_, i) => moved(nodes, [...nodes, ...joining.slice(0, i + 1)], vnodes, keys).length)
