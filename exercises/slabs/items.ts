import { shown } from '../../src/grading/cases.js'
import { drawKey, many, ODD_KEYS, oneOf } from '../../src/grading/draw.js'
import { classOf, itemSize, LARGEST_ITEM, PAGE, slabClasses } from '../../src/memcached/slab-classes.js'
import type { Random } from '../../src/random/random.js'

export interface Item {
  readonly key: string
  /** Bytes of the value. */
  readonly value: number
  readonly flags: number
}

export const MAX_KEY_BYTES = 250

export const chunkSizes = (factor: number): number[] => slabClasses(factor).map(({ size }) => size)

export const sizeOf = ({ key, value, flags }: Item): number => itemSize(Buffer.byteLength(key), value, flags)

export const itemWords = ({ key, value, flags }: Item): string =>
  `key ${key.length > 40 ? `of ${Buffer.byteLength(key)} bytes, ${shown(`${key.slice(0, 8)}…`)}` : shown(key)}, value of ${value} bytes, flags ${flags}`

export const chunkWords = (chunks: readonly number[]): string =>
  `chunks ${chunks.slice(0, 3).join(', ')}, … ${chunks.at(-1)} (${chunks.length} classes)`

export type Place = number | 'split' | 'refused'

/** Where an item of so many bytes goes. */
export function placeOf(item: Item, size: number, chunks: readonly number[]): Place {
  if (Buffer.byteLength(item.key) > MAX_KEY_BYTES || size > LARGEST_ITEM) return 'refused'
  const classes = chunks.map((size, i) => ({ number: i + 1, size, perPage: Math.floor(PAGE / size) }))
  return classOf(classes, size)?.number ?? 'split'
}

/** An item that needs so many bytes, by the rule. */
export function itemOf(size: number, random: Random, flags = 0): Item {
  const key = size < 80 ? 'k' : drawAscii(random)
  return { key, value: Math.max(0, size - sizeOf({ key, value: 0, flags })), flags }
}

export const drawAscii = (random: Random): string =>
  `${oneOf(['user:', 'k', 'page:'], random)}${random.below(1e6)}`

export const FOREIGN = ODD_KEYS.filter((key) => Buffer.byteLength(key) !== key.length && !/\s/.test(key))

/** Factors that people use, and others. */
export const drawFactors = (count: number, random: Random): number[] =>
  many(count, () => (115 + random.below(200)) / 100)

export const drawItem = (random: Random): Item => ({
  key: drawKey(random),
  value: random.below(oneOf([50, 500, 5000, 300_000], random)),
  flags: oneOf([0, 0, 1, 4294967295], random),
})
