// slip: rolling
// Goes on adding up from call to call.
import { rolling as right } from '../right/plain.js'

export * from '../right/plain.js'

let sum = 0
export const rolling = (...given) => {
  const sums = right(...given).map((one) => one + sum)
  sum = sums.at(-1) ?? sum
  return sums
}
