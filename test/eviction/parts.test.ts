import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CandidatePool } from '../../src/eviction/candidate-pool.js'
import { FrequencySketch } from '../../src/eviction/frequency-sketch.js'
import { KeyLists } from '../../src/eviction/key-lists.js'
import { decayedCount, raisedCount } from '../../src/eviction/logarithmic-counter.js'
import { TimeSet } from '../../src/eviction/time-set.js'
import { UseHeap } from '../../src/eviction/use-heap.js'
import { Weights } from '../../src/eviction/weights.js'

describe('the logarithmic counter', () => {
  const drawn = (value: number) => ({ next: () => value, below: () => 0 })

  test.each([5, 6, 7, 30, 254])(
    '%i grows by one where less than 1 ÷ ((counter − 5) · 10 + 1) is drawn',
    (count) => {
      const chance = 1 / ((count - 5) * 10 + 1)
      expect(raisedCount(count, drawn(chance * 0.999))).toBe(count + 1)
      expect(raisedCount(count, drawn(chance))).toBe(count)
    },
  )

  test('it always grows below its first value, and never beyond 255', () => {
    for (const count of [0, 3, 4]) expect(raisedCount(count, drawn(0.999))).toBe(count + 1)
    expect(raisedCount(255, drawn(0))).toBe(255)
    expect(raisedCount(7, drawn(0.49), 0.5)).toBe(8)
    expect(raisedCount(7, drawn(0.5), 0.5)).toBe(7)
  })

  test('an idle period takes one off, down to 0', () => {
    expect([0, 1, 7, 8, 9].map((periods) => decayedCount(8, periods))).toEqual([8, 7, 1, 0, 0])
  })
})

/** Four rows of 32 counters in each block, as arrays; hashed with 64-bit arithmetic. */
class PlainSketch {
  private readonly blocks: number[][]
  private counted = 0

  constructor(capacity: number) {
    // Sixteen counters a slot, 128 in a block; slots are a power of two.
    let blocks = 1
    while (8 * blocks < capacity) blocks *= 2
    this.blocks = Array.from({ length: blocks }, () => Array(128).fill(0))
  }

  private places(key: number): [number[], number[]] {
    let hash = BigInt(key)
    hash = BigInt.asUintN(32, (hash ^ (hash >> 17n)) * 0xed5ad4bbn)
    hash = BigInt.asUintN(32, (hash ^ (hash >> 11n)) * 0xac4c1b51n)
    hash ^= hash >> 15n
    let columns = BigInt.asUintN(32, hash * 0x31848babn)
    columns ^= columns >> 14n
    const at = [0n, 1n, 2n, 3n].map((row) => Number(row * 32n + ((columns >> (8n * row)) & 31n)))
    return [this.blocks[Number(hash % BigInt(this.blocks.length))], at]
  }

  estimate(key: number): number {
    const [block, at] = this.places(key)
    return Math.min(...at.map((i) => block[i]))
  }

  count(key: number): void {
    const [block, at] = this.places(key)
    if (at.every((i) => block[i] === 15)) return
    for (const i of at) block[i] = Math.min(15, block[i] + 1)
    if (++this.counted < 80 * this.blocks.length) return
    const odd = this.blocks.flat().filter((count) => count % 2 === 1).length
    for (const counters of this.blocks)
      for (const i of counters.keys()) counters[i] = Math.floor(counters[i] / 2)
    this.counted = Math.floor((this.counted - Math.floor(odd / 4)) / 2)
  }
}

describe('the sketch of frequencies', () => {
  const long = { minLength: 300, maxLength: 600 }

  test('estimates what counters in plain arrays do', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        // So few keys that each has counters of its own, and so many that they share them.
        fc.oneof(fc.array(fc.nat({ max: 60 }), long), fc.array(fc.nat({ max: 2000 }), long)),
        (capacity, keys) => {
          const sketch = new FrequencySketch(capacity)
          const plain = new PlainSketch(capacity)
          for (const key of keys) {
            sketch.count(key)
            plain.count(key)
            expect(sketch.estimate(key)).toBe(plain.estimate(key))
          }
          for (let key = 0; key < 300; key++) expect(sketch.estimate(key)).toBe(plain.estimate(key))
        },
      ),
      { numRuns: 40 },
    )
  })

  test('counts to 15, and all are halved after ten counts a slot', () => {
    // Eight slots are one block, whose every key shares it.
    const sketch = new FrequencySketch(8)
    for (let i = 0; i < 20; i++) sketch.count(7)
    expect(sketch.estimate(7)).toBe(15)
    // Fifteen counts so far: a full counter doesn't count. The eightieth halves.
    const others = (from: number, many: number) => {
      for (let key = from; key < from + many; key++) sketch.count(key)
    }
    others(100, 64)
    expect(sketch.estimate(7)).toBe(15)
    others(200, 1)
    expect(sketch.estimate(7)).toBe(7)
  })
})

test('the greatest of a set of times, whatever came and went', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(1, 31, 32, 33, 1024, 1025, 40_000),
      fc.array(fc.nat(), { minLength: 1, maxLength: 150, size: 'max' }),
      (limit, numbers) => {
        const set = new TimeSet(limit)
        const plain = new Set<number>()
        for (const [i, number] of numbers.entries()) {
          const time = number % limit
          if (i % 3 === 2 && plain.size > 1) {
            const greatest = Math.max(...plain)
            const gone = number % 2 ? greatest : [...plain][number % plain.size]
            set.remove(gone)
            plain.delete(gone)
            expect(set.has(gone)).toBe(false)
          } else {
            set.add(time)
            plain.add(time)
            expect(set.has(time)).toBe(true)
          }
          expect(set.greatest()).toBe(Math.max(...plain))
        }
        for (const time of plain) expect(set.has(time)).toBe(true)
      },
    ),
  )
})

test('the heap of uses gives the least used first, and of those the one used longest ago', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 99 }), { maxLength: 200, size: 'max' }), (steps) => {
      const heap = new UseHeap(20)
      const plain = new Map<number, { count: number; time: number }>()
      const inOrder = () =>
        [...plain].sort(([, a], [, b]) => a.count - b.count || a.time - b.time).map(([at]) => at)
      for (const [time, step] of steps.entries()) {
        const place = step % 20
        const there = plain.get(place)
        if (there) {
          heap.use(place, time)
          there.count++
          there.time = time
        } else {
          const count = 1 + (step % 3)
          heap.add(place, count, time)
          plain.set(place, { count, time })
        }
        expect(heap.countOf(place)).toBe(plain.get(place)!.count)
        if (step < 30) {
          const [least] = inOrder()
          expect(heap.pop()).toBe(least)
          plain.delete(least)
        }
        expect(heap.size).toBe(plain.size)
        if (time % 10 === 0) expect(heap.inOrder()).toEqual(inOrder())
      }
      while (plain.size > 0) {
        const [least] = inOrder()
        expect(heap.pop()).toBe(least)
        plain.delete(least)
      }
    }),
  )
})

test('the pool keeps the sixteen best candidates, of equal ones the first to come ahead', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 12 }), { maxLength: 60, size: 'max' }), (scores) => {
      const pool = new CandidatePool<number>()
      let plain: { key: number; score: number }[] = []
      for (const [key, score] of scores.entries()) {
        pool.offer(key, score)
        if (plain.length < 16 || score > plain[15].score) {
          plain = [...plain, { key, score }].sort((a, b) => b.score - a.score).slice(0, 16)
        }
        expect(pool.list()).toEqual(plain.map((candidate) => candidate.key))
        if (score === 0) expect(pool.take()).toBe(plain.shift()?.key)
      }
    }),
  )
  expect(new CandidatePool<number>().take()).toBeUndefined()
})

test('lists of keys are arrays whose first item is the front, whichever is changed', () => {
  const step = fc.record({
    what: fc.nat({ max: 6 }),
    list: fc.integer({ min: 1, max: 3 }),
    key: fc.nat({ max: 9 }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
      const lists = new KeyLists(10, 3, 6, new Weights(10, false))
      const plain: number[][] = [[], [], [], []]
      const leave = (key: number) => {
        const at = plain.findIndex((list) => list.includes(key))
        plain[at].splice(plain[at].indexOf(key), 1)
        return at
      }
      for (const { what, list, key } of steps) {
        const other = (list % 3) + 1
        const isIn = lists.listOf(key)
        if (isIn === 0 && plain.flat().length < 6) {
          lists.pushFront(list, key)
          plain[list].unshift(key)
        } else if (isIn > 0 && what < 3) {
          leave(key)
          if (what === 0) lists.remove(key)
          if (what === 1) lists.touch(isIn, key)
          if (what === 2) lists.move(isIn, other, key)
          if (what > 0) plain[what === 1 ? isIn : other].unshift(key)
        } else if (plain[list].length > 0) {
          const last = plain[list].pop()!
          expect(lists.back(list)).toBe(last)
          if (what < 5) lists.removeBack(list)
          else {
            lists.moveBack(list, other)
            plain[other].unshift(last)
          }
        }
        for (const [number, keys] of plain.entries()) {
          if (number === 0) continue
          expect(lists.entries(number)).toEqual(keys.map((each) => ({ key: each })))
          expect(lists.sizes[number]).toBe(keys.length)
          for (const each of keys) expect(lists.keyAt(lists.placeOf(each))).toBe(each)
        }
      }
    }),
  )
})
