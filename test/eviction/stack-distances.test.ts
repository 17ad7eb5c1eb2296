import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Lru } from '../../src/eviction/lru.js'
import { StackDistances } from '../../src/eviction/stack-distances.js'
import { simulate } from '../../src/experiment/eviction/simulate.js'

test('equals simulation at every capacity, also after the times were renumbered', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 9 }), { maxLength: 200, size: 'max' }), (list) => {
      const requests = Uint32Array.from(list)
      const distances = new StackDistances(10)
      distances.add(requests.subarray(0, 50))
      distances.add(requests.subarray(50))
      for (let capacity = 1; capacity <= 12; capacity++) {
        expect(distances.hits(capacity)).toBe(simulate(new Lru(capacity, 10), requests))
      }
      expect(distances.cold).toBe(new Set(list).size)
    }),
  )
})

test('a warm-up counts nothing, and what follows has the distances that it has in one pass', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 9 }), { maxLength: 200, size: 'max' }),
      fc.nat({ max: 200 }),
      (list, end) => {
        const requests = Uint32Array.from(list)
        const whole = new StackDistances(10)
        whole.add(requests.subarray(0, end))
        const [before, cold] = [[...whole.histogram], whole.cold]
        whole.add(requests.subarray(end))
        const rest = new StackDistances(10)
        rest.warmUp(requests.subarray(0, end))
        expect([...rest.histogram, rest.cold]).toEqual(Array(11).fill(0))
        rest.add(requests.subarray(end))
        expect([...rest.histogram]).toEqual([...whole.histogram].map((count, i) => count - before[i]))
        expect(rest.cold).toBe(whole.cold - cold)
      },
    ),
  )
})
