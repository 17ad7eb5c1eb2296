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
