import { createHash } from 'node:crypto'

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

/** Remainders agree min(N, M) times in every lcm(N, M) hashes. */
export function movedByModulo(before: number, after: number): number {
  const together = (before * after) / greatestCommonDivisor(before, after)
  return 1 - Math.min(before, after) / together
}

/** Only keys of the servers that join or leave move. */
export function movedByRing(before: number, after: number): number {
  return Math.abs(after - before) / Math.max(before, after)
}

export function countMoved(keys: string[], before: number, after: number): number {
  return keys.map(hash).filter((hash) => hash % before !== hash % after).length
}

function hash(key: string): number {
  return Number.parseInt(createHash('md5').update(key).digest('hex').slice(-8), 16)
}
