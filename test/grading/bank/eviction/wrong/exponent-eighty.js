// slip: exponent
// 80 % of the keys get 80 % of the requests.
import { weights } from '../right/plain.js'

export * from '../right/plain.js'

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)

export function exponentFor(keyCount) {
  for (let exponent = 0; ; exponent += 0.05) {
    const all = weights(keyCount, exponent)
    if (sum(all.slice(0, 0.8 * keyCount)) / sum(all) >= 0.9) return exponent
  }
}
