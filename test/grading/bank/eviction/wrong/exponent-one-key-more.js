// slip: exponent
// One key more than a fifth.
import { weights } from '../right/plain.js'

export * from '../right/plain.js'

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)

export function exponentFor(keyCount) {
  let [low, high] = [0, 8]
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2
    const all = weights(keyCount, middle)
    if (sum(all.slice(0, keyCount / 5 + 1)) / sum(all) < 0.8) low = middle
    else high = middle
  }
  return high
}
