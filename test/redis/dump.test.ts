import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dumped, isWhole } from '../../src/redis/dump/dump.js'
import { compress, decompress } from '../../src/redis/dump/lzf.js'
import { restored } from '../../src/redis/dump/restore.js'
import { Settings } from '../../src/redis/settings.js'
import { QuickList } from '../../src/redis/values/quick-list.js'
import { SortedSet } from '../../src/redis/values/sorted-set.js'
import { Hash, Members, type Value } from '../../src/redis/values/value.js'

/** Bytes that repeat, so that there is something to compress. */
const bytes = fc
  .array(fc.tuple(fc.uint8Array({ maxLength: 8 }), fc.nat(300)), { maxLength: 30 })
  .map((parts) => Buffer.concat(parts.map(([part, times]) => Buffer.concat(Array(times).fill(part)))))

const text = fc.oneof(
  bytes.map((part) => part.toString('latin1')),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  fc.integer({ min: -5000, max: 5000 }).map(String),
)
const texts = fc.array(text, { minLength: 1, maxLength: 40 })
const score = fc.oneof(fc.double({ noNaN: true }), fc.integer(), fc.constantFrom(1e17, 2 ** 62, 2 ** 63))

function hashOf(pairs: readonly (readonly [string, string])[]): Hash {
  const hash = new Hash()
  for (const [field, value] of pairs) hash.set(field, value)
  return hash
}

/** As the store keeps it: in a listpack there is no -0. */
function sortedSetOf(items: readonly { member: string; score: number }[]): SortedSet {
  const set = SortedSet.of(items)
  set.check(new Settings(16))
  return set
}

const value: fc.Arbitrary<Value> = fc.oneof(
  text,
  texts.map((items) => QuickList.of(items)),
  texts.map((items) => new Members(items)),
  fc.array(fc.tuple(text, text), { minLength: 1 }).map(hashOf),
  fc.array(fc.record({ member: text, score }), { minLength: 1 }).map(sortedSetOf),
)

const content = (value: Value | undefined) =>
  value instanceof QuickList || value instanceof SortedSet
    ? [...value.items()]
    : value instanceof Members
      ? [...value.list].sort()
      : value instanceof Hash
        ? value.pairs()
        : value

describe('a dump', () => {
  test('of any value is whole and gives the value back', () => {
    fc.assert(
      fc.property(value, fc.integer({ min: -7, max: 40 }), (value, listMaxListpackSize) => {
        const dump = dumped(value, { listMaxListpackSize })
        expect(isWhole(dump)).toBe(true)
        expect(content(restored(dump))).toEqual(content(value))
      }),
    )
  })

  test('that is damaged is a value or none, and never an error', () => {
    fc.assert(
      fc.property(value, fc.nat(), fc.nat(255), fc.nat(), (value, at, byte, length) => {
        const dump = dumped(value, { listMaxListpackSize: -2 })
        const damaged = Buffer.from(dump)
        damaged[at % dump.length] = byte
        for (const tried of [damaged, dump.subarray(0, length % dump.length)]) restored(tried)
        expect(isWhole(damaged)).toBe(damaged.equals(dump))
      }),
    )
  })
})

test('what LZF compresses is shorter, and comes back', () => {
  fc.assert(
    fc.property(bytes, (bytes) => {
      const compressed = compress(bytes)
      if (compressed === undefined) return
      expect(compressed.length).toBeLessThanOrEqual(bytes.length - 4)
      expect(decompress(compressed, bytes.length)).toEqual(bytes)
    }),
  )
})
