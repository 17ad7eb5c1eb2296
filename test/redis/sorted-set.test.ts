import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SortedSet } from '../../src/redis/values/sorted-set.js'
import { work } from '../../src/redis/values/work.js'
import { byLayer } from '../layer.js'

const member = fc.constantFrom(...'abcdefghijklmnop')
const score = fc.constantFrom(-2, -1, 0, 0.5, 1, 2, 3, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('set' as const), member, score }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), member, score }) },
)

/** A sorted copy: the textbook's definition, at O(N log N) a question. */
function inOrder(model: ReadonlyMap<string, number>) {
  return [...model]
    .map(([name, own]) => ({ member: name, score: own }))
    .sort((a, b) => (a.score === b.score ? (a.member < b.member ? -1 : 1) : a.score < b.score ? -1 : 1))
}

test('ranks, ranges and counts are those of a sorted list', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), score, (steps, bound) => {
      const set = new SortedSet()
      const model = new Map<string, number>()
      for (const { kind, member: name, score: own } of steps) {
        if (kind === 'set') {
          expect(set.set(name, own)).toBe(!model.has(name))
          model.set(name, own)
        } else expect(set.delete(name)).toBe(model.delete(name))
      }
      const sorted = inOrder(model)
      expect(set.size).toBe(sorted.length)
      expect(set.items()).toEqual(sorted)
      expect(set.range(sorted.length - 1, sorted.length, true)).toEqual(sorted.toReversed())
      for (const [rank, item] of sorted.entries()) {
        expect(set.rank(item.member)).toBe(rank)
        expect(set.range(rank, 2)).toEqual(sorted.slice(rank, rank + 2))
      }
      expect(set.countBefore((own) => own >= bound)).toBe(sorted.filter((item) => item.score < bound).length)
    }),
    { numRuns: byLayer(60, 300) },
  )
})

test('an operation follows O(log N) links', () => {
  const steps = [1e3, 1e5].map((size) => {
    const set = new SortedSet()
    for (let i = 0; i < size; i++) set.set(`member:${i}`, (i * 7919) % size)
    const before = work.steps
    for (let i = 0; i < 1000; i++) set.rank(`member:${(i * 31) % size}`)
    return (work.steps - before) / 1000
  })
  // Pugh: about log₄ N levels with 1/p = 4 links followed on each at most: 20 for a thousand, 33 for 10⁵.
  expect(steps[0]).toBeLessThan(4 * (Math.log(1e3) / Math.log(4)) + 8)
  expect(steps[1]).toBeLessThan(4 * (Math.log(1e5) / Math.log(4)) + 8)
  expect(steps[1] / steps[0]).toBeLessThan(2.5)
})
