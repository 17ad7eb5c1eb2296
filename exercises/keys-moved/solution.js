import { createHash } from 'node:crypto'

const greatestCommonDivisor = (a, b) => (b === 0 ? a : greatestCommonDivisor(b, a % b))

export function movedByModulo(before, after) {
  const together = (before * after) / greatestCommonDivisor(before, after)
  return 1 - Math.min(before, after) / together
}

export function movedByRing(before, after) {
  return Math.abs(after - before) / Math.max(before, after)
}

export function countMoved(keys, before, after) {
  return keys.map(hash).filter((hash) => hash % before !== hash % after).length
}

function hash(key) {
  return parseInt(createHash('md5').update(key).digest('hex').slice(-8), 16)
}
