import { describe, expect, test } from 'vitest'
import { type PolicyName, policies, policyNames } from '../../src/eviction/index.js'
import { MemcachedLru } from '../../src/eviction/memcached.js'

/** What is inside a cache of four slots after these requests: each queue's name, and its keys with their marks. */
function inside(name: PolicyName): Record<string, string> {
  const list = [0, 1, 2, 3, 1, 1, 4, 0, 5, 1, 6, 4, 7, 1, 0, 0]
  const requests = Uint32Array.from(list)
  const cache = policies[name].create({ capacity: 4, keyCount: 8, seed: 1, rate: 0.05, requests })
  for (const key of list.slice(0, 14)) cache.access(key)
  return Object.fromEntries(
    cache
      .queues()
      .map(({ name: queue, ghost, entries }) => [
        `${queue}${ghost ? ' (ghosts)' : ''}`,
        entries.map(({ key, mark }) => (mark === undefined ? `${key}` : `${key}:${mark}`)).join(', '),
      ]),
  )
}

describe('what a policy shows of its inside, requests 0 1 2 3 1 1 4 0 5 1 6 4 7 1', () => {
  const wTinyLfu = {
    'window, most recent first, with counts': '7:1',
    ...{ probation: '4:2', protected: '1:5, 0:2' },
  }
  const shown: Record<PolicyName, Record<string, string>> = {
    lru: { 'most recent first': '1, 7, 4, 6' },
    lfu: { 'next to leave first, with counts': '6:1, 4:1, 7:1, 1:5' },
    random: { slots: '5, 4, 1, 7' },
    fifo: { 'newest first': '7, 4, 6, 1' },
    clock: { 'from the hand on, with reference bits': '6:0, 1:1, 4:0, 7:0' },
    sieve: { 'newest first, with visited bits': '7:0, 4:0, 6:0 hand, 1:1' },
    's3-fifo': {
      'small, newest first, with hits': '7:0',
      'main, newest first, with hits': '4:0, 0:0, 1:2',
      'ghosts (ghosts)': '6, 5, 3',
    },
    slru: { 'segment 4': '1', 'segment 3': '3', 'segment 2': '2', 'segment 1': '7' },
    '2q': { 'A1in, newest first': '7, 6', 'Am, most recent first': '1, 4', 'A1out (ghosts)': '5, 3' },
    arc: { 'T1 (target 1)': '7, 6', T2: '1, 4', 'B1 (ghosts)': '5, 3', 'B2 (ghosts)': '0' },
    lirs: {
      'stack S, most recent first': '1:LIR, 7:HIR, 4:LIR, 6:ghost, 5:ghost, 0:LIR',
      'queue Q of HIR keys, newest first': '7',
    },
    'w-tinylfu': wTinyLfu,
    'w-tinylfu-adaptive': wTinyLfu,
    gdsf: { 'next to leave first, with priorities': '6:3, 4:3, 7:3, 1:7' },
    lhd: { slots: '6:age 3, 1:age 0, 4:age 2, 7:age 1' },
    size: { 'next to leave first, with sizes': '6:1, 4:1, 7:1, 1:1' },
    adaptsize: { 'most recent first': '1, 7, 4, 6' },
    opt: { 'furthest next request first': '1:never, 7:never, 6:never, 0:in 1' },
    'opt-size': { 'kept until the next request': '0' },
    'redis-lru': {
      slots: '4:idle 40 s, 6:idle 60 s, 1:idle 0 s, 7:idle 20 s',
      'pool of candidates, best first (ghosts)': '1, 0, 0, 0, 4, 5, 6, 6, 0, 0, 1, 4, 4, 7, 7',
    },
    'redis-lfu': {
      slots: '6:4, 7:5, 1:5, 5:4',
      'pool of candidates, best first (ghosts)': '6, 5, 5, 5, 5, 5, 6, 6, 1, 6, 1, 1',
    },
    'memcached-lru': { HOT: '', WARM: '1', COLD: '7, 4, 6' },
  }

  test.each(policyNames)('%s', (name) => {
    expect(inside(name)).toEqual(shown[name])
  })
})

test.each(policyNames)('%s: every fact says something', (name) => {
  const { create, ...facts } = policies[name]
  for (const [fact, text] of Object.entries(facts))
    expect(text, fact).toMatch(fact === 'paper' ? /^–$|\d/ : /\w/)
  expect(create).toBeInstanceOf(Function)
})

test('memcached’s LRU can grow, and says what is next to leave', () => {
  const cache = new MemcachedLru(2, 10, 4)
  expect(cache.oldest).toBeUndefined()
  for (const key of [0, 1, 2]) cache.access(key)
  expect([cache.used, cache.oldest, cache.has(0)]).toEqual([2, 1, false])
  cache.capacity = 4
  for (const key of [3, 4]) cache.access(key)
  expect([cache.used, cache.oldest]).toEqual([4, 1])
  cache.remove(1)
  expect([cache.used, cache.oldest]).toEqual([3, 2])
  expect([cache.evict(), cache.evict(), cache.evict()]).toEqual([2, 3, 4])
  expect([cache.used, cache.oldest]).toEqual([0, undefined])
})

test('memcached’s LRU gives up COLD, then HOT, then WARM, when it is emptied', () => {
  const cache = new MemcachedLru(10, 10)
  for (let key = 0; key < 10; key++) cache.access(key)
  // A second use in COLD lifts a key to WARM.
  for (const key of [3, 3, 1, 1]) cache.access(key)
  const [hot, warm, cold] = cache.queues().map(({ entries }) => entries.map(({ key }) => key))
  expect({ hot, warm, cold }).toEqual({ hot: [9, 8], warm: [1, 3], cold: [7, 6, 5, 4, 2, 0] })
  expect(Array.from({ length: 10 }, () => cache.evict())).toEqual([0, 2, 4, 5, 6, 7, 8, 9, 3, 1])
})
