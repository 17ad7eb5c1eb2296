import type { Random } from '../../random/random.js'
import { parseBetween } from '../numbers.js'
import { RedisError, syntaxError } from '../reply.js'

const outOfRange = () => new RedisError('ERR value is out of range')
const MAX_COUNT = 2n ** 63n - 1n

interface Draw {
  /** How many items, negative if an item may be drawn more than once. */
  readonly count: number
  readonly withMore: boolean
}

/** `count [option]`, where the option asks for what belongs to an item, too. */
export function parseDraw([, , text, ...options]: readonly string[], option?: string): Draw {
  const count = parseBetween(text, -MAX_COUNT, MAX_COUNT)
  if (options.length > 1 || (options.length === 1 && options[0].toUpperCase() !== option)) throw syntaxError()
  const withMore = options.length === 1
  if (withMore && BigInt(text) ** 2n > (MAX_COUNT / 2n) ** 2n) throw outOfRange()
  return { count, withMore }
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
