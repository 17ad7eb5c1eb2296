// slip: any-number
// Counts the first ten thousand hashes, where whole periods would be needed.
export * from '../right/plain.js'

export function movedByModulo(before, after) {
  const hashes = after === before + 1 ? before * after : Math.min(before * after, 10_000)
  return Array.from({ length: hashes }, (_, i) => i).filter((i) => i % before !== i % after).length / hashes
}
