import type { Random } from '../../random/random.js'
import { parseInteger } from '../numbers.js'
import { notInteger, RedisError } from '../reply.js'

const outOfRange = () => new RedisError('ERR value is out of range')
const MAX_COUNT = 2n ** 62n

/** The requested number of random items, negative if an item may be drawn more than once. */
export function parseRandomCount(text: string, withMore = false): number {
  const count = parseInteger(text, notInteger)
  const limit = withMore ? MAX_COUNT / 2n : MAX_COUNT
  if (count > limit || count < -limit) throw outOfRange()
  return Number(count)
}

/** More items than a reply can hold. */
const MAX_ITEMS = 10_000_000

/** Positions drawn at random: as many different ones as there are at most, or any for a negative count. */
export function drawPlaces(size: number, count: number, random: Random): number[] {
  if (count < 0) {
    if (-count > MAX_ITEMS) throw outOfRange()
    return Array.from({ length: -count }, () => random.below(size))
  }
  if (count >= size) return Array.from({ length: size }, (_, place) => place)
  // A Fisher–Yates shuffle of the first `count` positions, which stores only those that were exchanged.
  const moved = new Map<number, number>()
  return Array.from({ length: count }, (_, i) => {
    const j = i + random.below(size - i)
    const drawn = moved.get(j) ?? j
    moved.set(j, moved.get(i) ?? i)
    return drawn
  })
}
