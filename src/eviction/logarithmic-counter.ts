import type { Random } from '../random/random.js'

/** Initial value of a new key's counter, so that it isn't evicted before it can be used again. */
export const INITIAL_COUNT = 5
export const MAX_COUNT = 255

/**
 * Redis's counter of uses in eight bits: a use raises it with probability 1 ÷ ((counter − 5) · factor + 1), so that
 * 255 stand for about a million uses with the factor of 10 that Redis has. Morris, "Counting Large Numbers of Events in
 * Small Registers", CACM 21(10), 1978.
 */
export function raisedCount(count: number, random: Random, factor = 10): number {
  const chance = 1 / (Math.max(count - INITIAL_COUNT, 0) * factor + 1)
  return count < MAX_COUNT && random.next() < chance ? count + 1 : count
}

/** The counter after a number of idle periods, each of which takes one off. */
export function decayedCount(count: number, periods: number): number {
  return Math.max(0, count - periods)
}
