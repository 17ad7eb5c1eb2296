import { looseFloatIn } from '../numbers.js'
import { QuickList } from '../values/quick-list.js'
import { type Scored, SortedSet } from '../values/sorted-set.js'
import { Hash, Members, type Value } from '../values/value.js'
import { integersOf } from './intset.js'
import { unpacked } from './listpack.js'
import { BadData, Reader } from './reader.js'
import { NODES, TYPES } from './types.js'
import { unzipped } from './ziplist.js'

/** Characters of a score that are read. */
const MAX_SCORE_LENGTH = 127

/** The value of a dump of Redis 2.6 to 7.0; undefined where its bytes mean none. What is behind it isn't read. O(its bytes). */
export function restored(dump: Buffer): Value | undefined {
  try {
    const reader = new Reader(dump)
    return loaders[reader.byte()]?.(reader)
  } catch (error) {
    if (error instanceof BadData || error instanceof RangeError) return undefined
    throw error
  }
}

const loaders: Readonly<Record<number, (reader: Reader) => Value>> = {
  [TYPES.string]: (reader) => reader.text(),
  [TYPES.list]: (reader) => listOf(texts(reader)),
  [TYPES.zippedList]: (reader) => listOf(unzipped(reader.string())),
  [TYPES.zippedNodes]: (reader) => listOf(repeated(reader, () => unzipped(reader.string())).flat()),
  [TYPES.nodes]: (reader) => listOf(repeated(reader, () => node(reader)).flat()),
  [TYPES.set]: (reader) => membersOf(texts(reader)),
  [TYPES.intset]: (reader) => membersOf(integersOf(reader.string())),
  [TYPES.hash]: (reader) => hashOf(repeated(reader, () => [reader.text(), reader.text()])),
  [TYPES.zippedHash]: (reader) => hashOf(pairs(unzipped(reader.string()))),
  [TYPES.packedHash]: (reader) => hashOf(pairs(unpacked(reader.string()))),
  [TYPES.textScores]: (reader) =>
    sortedSetOf(repeated(reader, () => [reader.text(), textScore(reader)] as const)),
  [TYPES.sortedSet]: (reader) =>
    sortedSetOf(repeated(reader, () => [reader.text(), reader.double()] as const)),
  [TYPES.zippedSortedSet]: (reader) => sortedSetOf(scores(unzipped(reader.string()))),
  [TYPES.packedSortedSet]: (reader) => sortedSetOf(scores(unpacked(reader.string()))),
}

/** As many items as a length says, each of at least a byte. */
function repeated<T>(reader: Reader, read: () => T): T[] {
  const length = reader.length()
  if (length > reader.left) throw new BadData()
  return Array.from({ length }, read)
}

const texts = (reader: Reader) => repeated(reader, () => reader.text())

function node(reader: Reader): string[] {
  const kind = reader.length()
  if (kind !== NODES.packed && kind !== NODES.plain) throw new BadData()
  const content = reader.string()
  if (content.length === 0) throw new BadData()
  return kind === NODES.plain ? [content.toString('latin1')] : unpacked(content)
}

/** A score in decimal digits behind their number, or one of three words. */
function textScore(reader: Reader): number {
  const length = reader.byte()
  if (length >= 253) return [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY][length - 253]
  const score = scoreIn(reader.bytes(length).toString('latin1'))
  if (score === undefined) throw new BadData()
  return score
}

/**
 * A score is what a text begins with, as strtod() reads it; what is behind it is damage that Redis doesn't see.
 * Undefined where it begins with no number.
 */
function scoreIn(text: string): number | undefined {
  for (let end = Math.min(text.length, MAX_SCORE_LENGTH); end > 0; end--) {
    const value = looseFloatIn(text.slice(0, end))
    if (value !== undefined) return value
  }
  return undefined
}

function pairs(items: readonly string[]): [string, string][] {
  if (items.length % 2 === 1) throw new BadData()
  return Array.from({ length: items.length / 2 }, (_, i) => [items[2 * i], items[2 * i + 1]])
}

const scores = (items: readonly string[]) =>
  pairs(items).map(([member, score]): [string, number] => [member, scoreIn(score) ?? 0])

function listOf(items: readonly string[]): QuickList {
  return checked(QuickList.of(items), items.length, items.length)
}

function membersOf(items: readonly string[]): Members {
  const set = new Members(items)
  return checked(set, set.size, items.length)
}

function hashOf(items: readonly string[][]): Hash {
  const hash = new Hash()
  for (const [field, value] of items) hash.set(field, value)
  return checked(hash, hash.size, items.length)
}

function sortedSetOf(items: readonly (readonly [string, number])[]): SortedSet {
  const scored = items.map(([member, score]): Scored => ({ member, score }))
  if (scored.some(({ score }) => Number.isNaN(score))) throw new BadData()
  const set = SortedSet.of(scored)
  return checked(set, set.size, items.length)
}

/** No collection is empty, and nothing comes twice. */
function checked<T>(collection: T, size: number, expected: number): T {
  if (size === 0 || size !== expected) throw new BadData()
  return collection
}
