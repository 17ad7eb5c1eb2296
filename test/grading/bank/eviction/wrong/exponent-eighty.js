// fails: exponent
// 80 % of the keys get 80 % of the requests.
import { weights } from '../right/plain.js'

export * from '../right/plain.js'

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)

export function exponentFor(keyCount) {
  let exponent = 0
  while (sum(weights(keyCount, exponent).slice(0, 0.8 * keyCount)) / sum(weights(keyCount, exponent)) < 0.9)
    exponent += 0.05
  return exponent
}
