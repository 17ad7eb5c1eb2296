// slip: zipf
// All keys alike.
export * from '../right/plain.js'

export const zipf = (keyCount, _, count) =>
  Array.from({ length: count }, () => Math.floor(Math.random() * keyCount))
