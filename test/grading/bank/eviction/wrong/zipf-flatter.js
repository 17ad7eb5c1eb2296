// slip: zipf
// Weights 1 ÷ (k + 2)^s: an off-by-one.
export * from '../right/plain.js'

export function zipf(keyCount, exponent, count) {
  const weights = Array.from({ length: keyCount }, (_, key) => (key + 2) ** -exponent)
  const total = weights.reduce((sum, one) => sum + one, 0)
  return Array.from({ length: count }, () => {
    let left = Math.random() * total
    let key = 0
    while (key < keyCount - 1 && left >= weights[key]) left -= weights[key++]
    return key
  })
}
