// slip: rolling
// Each step by itself, not added up.
import { rolling as right } from '../right/plain.js'

export * from '../right/plain.js'

export const rolling = (...given) => {
  const sums = right(...given)
  return sums.map((sum, i) => sum - (sums[i - 1] ?? 0))
}
