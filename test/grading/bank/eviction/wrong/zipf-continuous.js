// slip: zipf
// The inverse of a power law without steps.
export * from '../right/plain.js'

export const zipf = (keyCount, exponent, count) =>
  Array.from({ length: count }, () => {
    const drawn = Math.random()
    const power = 1 - exponent
    const rank =
      Math.abs(power) < 1e-9
        ? (keyCount + 1) ** drawn
        : (1 + drawn * ((keyCount + 1) ** power - 1)) ** (1 / power)
    return Math.min(keyCount - 1, Math.floor(rank) - 1)
  })
