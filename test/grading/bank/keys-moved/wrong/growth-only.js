// slip: any-number
// Right only where servers are added.
export * from '../right/plain.js'

function gcd(a, b) {
  return b === 0 ? a : gcd(b, a % b)
}

export const movedByModulo = (before, after) => 1 - gcd(before, after) / after
