import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type PolicyName, policies, policyNames } from '../../src/eviction/index.js'
import { byLayer } from '../layer.js'

/** A bound holds more than its capacity now and then; all others never. */
const online = policyNames.filter((name) => name !== 'opt-size')

const KEYS = 12
const history = fc.record({
  capacity: fc.integer({ min: 10, max: 60 }),
  sizes: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: KEYS, maxLength: KEYS }),
  steps: fc.array(fc.record({ key: fc.nat({ max: KEYS - 1 }), removes: fc.nat({ max: 9 }) }), {
    minLength: 30,
    maxLength: byLayer(80, 200),
  }),
})

function create(name: PolicyName, capacity: number, requests: readonly number[], sizes?: readonly number[]) {
  const settings = { capacity, keyCount: KEYS, seed: 1, rate: 1 }
  return policies[name].create({ ...settings, requests: Uint32Array.from(requests), sizes })
}

describe.each(online)('%s with sizes', (name) => {
  test('holds what it says it holds, never more than its capacity, whatever is requested and removed', () => {
    fc.assert(
      fc.property(history, ({ capacity, sizes, steps }) => {
        const requests = steps.filter(({ removes }) => removes > 0).map(({ key }) => key)
        const cache = create(name, capacity, requests, sizes)
        for (const { key, removes } of steps) {
          const inside = cache.has(key)
          if (removes === 0) {
            if (inside) cache.remove(key)
            expect(cache.has(key)).toBe(false)
          } else if (sizes[key] > capacity) cache.skip?.()
          else expect(cache.access(key, sizes[key])).toBe(inside)
          const held = sizes.filter((_, each) => cache.has(each))
          expect(cache.used).toBe(held.reduce((sum, size) => sum + size, 0))
          expect(cache.used).toBeLessThanOrEqual(capacity)
          const shown = cache.queues().flatMap(({ ghost, entries }) => (ghost ? [] : entries))
          const cached = new Set(shown.filter(({ mark }) => mark !== 'ghost').map((entry) => entry.key))
          expect(cached.size).toBe(held.length)
        }
      }),
    )
  })

  test('does with sizes of one byte what it does with keys', () => {
    const list = fc.array(fc.nat({ max: KEYS - 1 }), { minLength: 30, maxLength: byLayer(80, 200) })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), list, (capacity, requests) => {
        const keys = create(name, capacity, requests)
        const bytes = create(name, capacity, requests, Array(KEYS).fill(1))
        for (const key of requests) {
          expect(bytes.access(key, 1)).toBe(keys.access(key))
          expect(bytes.queues()).toEqual(keys.queues())
        }
      }),
    )
  })
})

test('opt-size: no policy hits more, and by brute force no choice does', () => {
  fc.assert(
    fc.property(history, ({ capacity, sizes, steps }) => {
      const requests = steps.slice(0, 40).map(({ key }) => key)
      const hitsOf = (name: PolicyName) => {
        const cache = create(name, capacity, requests, sizes)
        return requests.filter((key) => sizes[key] <= capacity && cache.access(key, sizes[key])).length
      }
      const most = boundOf(requests, sizes, capacity)
      for (const name of ['lru', 'gdsf', 'size', 'lfu', 'slru'] as const)
        expect(hitsOf(name), name).toBeLessThanOrEqual(most)
      expect(bestOf(requests.slice(0, 9), sizes, capacity)).toBeLessThanOrEqual(
        boundOf(requests.slice(0, 9), sizes, capacity),
      )
    }),
  )
})

/** Hits of the best choice of what to keep after each request, by trying all. */
function bestOf(requests: readonly number[], sizes: readonly number[], capacity: number): number {
  const best = (at: number, kept: ReadonlySet<number>): number => {
    if (at === requests.length) return 0
    const key = requests[at]
    const others = new Set([...kept].filter((each) => each !== key))
    const used = [...others].reduce((sum, each) => sum + sizes[each], 0)
    const without = best(at + 1, others)
    const fits = used + sizes[key] <= capacity
    const isNeeded = requests.indexOf(key, at + 1) > 0
    const withIt = fits && isNeeded ? best(at + 1, new Set([...others, key])) : 0
    return (kept.has(key) ? 1 : 0) + Math.max(without, withIt)
  }
  return best(0, new Set())
}

function boundOf(requests: readonly number[], sizes: readonly number[], capacity: number): number {
  const bound = create('opt-size', capacity, requests, sizes)
  return requests.filter((key) => {
    if (sizes[key] <= capacity) return bound.access(key, sizes[key])
    bound.skip?.()
    return false
  }).length
}

describe('an object that needs the room of several', () => {
  const order: Partial<Record<PolicyName, string>> = {
    lru: '0 4',
    fifo: '2 3 4',
    clock: '2 4',
    sieve: '2 4',
    lfu: '0 4',
    size: '2 3 4',
    gdsf: '2 4',
  }
  test.each(Object.entries(order))('%s makes room key by key until it fits', (name, left) => {
    // 0 to 3 take up 4, 4, 1 and 3 of 12; 0 and 2 are requested again, 4 needs 8.
    const sizes = [4, 4, 1, 3, 8]
    const requests = [0, 1, 2, 3, 2, 0, 4]
    const cache = policies[name as PolicyName].create({
      ...{ capacity: 12, keyCount: 5, seed: 1, rate: 1, sizes },
      requests: Uint32Array.from(requests),
    })
    for (const key of requests) cache.access(key, sizes[key])
    expect([0, 1, 2, 3, 4].filter((key) => cache.has(key)).join(' ')).toBe(left)
  })
})
