import { createHash } from 'node:crypto'

export const hash = (key) => createHash('md5').update(key).digest().readUInt32BE(12)

// Counts one whole period of the remainders instead of using a formula.
export function movedByModulo(before, after) {
  let moved = 0
  const period = before * after
  for (let i = 0; i < period; i++) if (i % before !== i % after) moved++
  return moved / period
}

export function movedByRing(before, after) {
  return after >= before ? (after - before) / after : (before - after) / before
}

export function countMoved(keys, before, after) {
  let moved = 0
  for (const key of keys) if (hash(key) % before !== hash(key) % after) moved++
  return moved
}
