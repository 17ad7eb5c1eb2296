import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type PolicyName, policies } from '../../src/eviction/index.js'
import { createRandom } from '../../src/random/random.js'
import { byLayer } from '../layer.js'
import { models } from './textbook.js'

function compare(
  name: PolicyName,
  capacity: number,
  keyCount: number,
  rate: number,
  list: readonly number[],
) {
  const options = { seed: 3, rate }
  const cache = policies[name].create({ ...options, capacity, keyCount, requests: new Uint32Array(0) })
  const model = models[name]!(capacity, options)
  for (const [i, key] of list.entries()) {
    const hit = model.access(key)
    if (cache.access(key) !== hit)
      expect.fail(`request ${i}, of key ${key}, should have been a ${hit ? 'hit' : 'miss'}`)
    // Looking costs more than a request: at every one where there are few, now and then where there are many.
    if (list.length > 200 && i % 50 > 0) continue
    expect(cache.queues().map((queue) => queue.entries.map((entry) => entry.key))).toEqual(model.queues())
  }
}

describe.each(Object.keys(models) as PolicyName[])('%s', (name) => {
  test('does with every short history what the textbook does, queue by queue', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.nat({ max: 15 }), { maxLength: 120, size: 'max' }),
        // So slow that minutes pass between two requests, and so fast that none does.
        fc.constantFrom(0.02, 0.5, 5, 1000),
        (capacity, list, rate) => compare(name, capacity, 16, rate, list),
      ),
      { numRuns: byLayer(60, 1000) },
    )
  })

  test.each([10, 40, 210])('the same at capacity %i, with popular keys and passers-by', (capacity) => {
    const random = createRandom(capacity, 'histories')
    const keyCount = 4 * capacity
    const list = Array.from({ length: byLayer(3000, 30_000) }, () =>
      Math.floor(keyCount * random.next() ** 3),
    )
    compare(name, capacity, keyCount, 100, list)
  })
})
