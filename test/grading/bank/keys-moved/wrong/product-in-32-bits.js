// slip: one-more
// Products that don't fit into 16 bits.
import { movedByModulo as modulo } from '../right/plain.js'

export * from '../right/plain.js'

export const movedByModulo = (before, after) =>
  after === before + 1 && before * after >= 1 << 16 ? 0 : modulo(before, after)
