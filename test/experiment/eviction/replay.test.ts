import { describe, expect, test } from 'vitest'
import type { PolicyName } from '../../../src/eviction/index.js'
import { type ReplayTask, replay } from '../../../src/experiment/eviction/replay.js'
import { operations } from '../../../src/trace/batch.js'

const NAMES = ['A', 'B', 'C', 'D']

/**
 * What becomes of a history such as `0 A, 1 set B 4 ttl 5, 9 del A`: a time, an operation that is a read where none stands,
 * a key, its size, and its lifetime.
 */
function outcome(history: string, task: Partial<ReplayTask> = {}) {
  const steps = history.split(',').map((step) => {
    const [, time, word = 'get', key, size = '1', ttl = '0'] =
      /^\s*(\d+) (?:(set|del) )?([A-D])(?: (\d+))?(?: ttl (\d+))?\s*$/.exec(step)!
    const operation = { get: operations.read, set: operations.write, del: operations.delete }[word]!
    return { time: Number(time), operation, key: NAMES.indexOf(key), size: Number(size), ttl: Number(ttl) }
  })
  const sizes = NAMES.map(
    (_, key) => steps.find((step) => step.key === key && step.operation !== operations.delete)?.size ?? 1,
  )
  return replay({
    ...{ policy: 'lru', capacity: 10, warmup: 0, seed: 1, rate: 1, ...task },
    requests: {
      keys: Uint32Array.from(steps, ({ key }) => key),
      keyCount: NAMES.length,
      sizes: Float64Array.from(sizes),
      newSizes: Float64Array.from(steps, ({ size }) => size),
      times: Float64Array.from(steps, ({ time }) => time),
      ttls: Float64Array.from(steps, ({ ttl }) => ttl),
      operations: Uint8Array.from(steps, ({ operation }) => operation),
      ...task.requests,
    },
  })
}

describe('what an operation does', () => {
  test.each([
    ['a read of a missing key puts it in', '0 A, 1 A', { reads: 2, hits: 1 }],
    ['a write puts a key in, and is no read', '0 set A, 1 A', { reads: 1, hits: 1, writes: 1 }],
    ['a deletion takes a key out', '0 A, 1 del A, 2 A', { reads: 2, hits: 0, deleted: 1 }],
    ['a deletion of a missing key does nothing', '0 del A, 1 A', { reads: 1, hits: 0, deleted: 0 }],
    ['a lifetime ends at its time', '0 A 1 ttl 5, 4 A, 5 A', { reads: 3, hits: 1, expired: 1 }],
    ['a hit does not renew it', '0 A 1 ttl 5, 4 A 1 ttl 5, 6 A', { hits: 1, expired: 1 }],
    ['a write does', '0 A 1 ttl 5, 4 set A 1 ttl 5, 8 A', { hits: 1, expired: 0 }],
    ['a write without one ends it', '0 A 1 ttl 5, 4 set A, 9 A', { hits: 1, expired: 0 }],
    ['what expired makes room before anything is evicted', '0 B 5, 1 A 5 ttl 2, 4 C 5, 5 B', { hits: 1 }],
    ['a write gives a key its new size: B has to go', '0 A 4, 1 B 4, 2 set A 8, 3 B', { hits: 0 }],
    ['a read does not', '0 A 4, 1 B 4, 2 A 8, 3 B', { hits: 2, hitBytes: 8, bytes: 16 }],
    ['a deletion says nothing about a size', '0 del A 9, 1 A 4, 2 B 4, 3 A 4', { hits: 1, hitBytes: 4 }],
    [
      'what comes after a deletion has a size of its own',
      '0 A 4, 1 del A, 2 A 11, 3 A',
      { hits: 0, bypassed: 2 },
    ],
    ['an object larger than the cache is not put in', '0 A 11, 1 A 11', { reads: 2, hits: 0, bypassed: 2 }],
    [
      'a size limit keeps larger objects out',
      '0 A 3, 1 A, 2 B 2, 3 B',
      { hits: 1, hitBytes: 2 },
      { filter: 'size', bytes: 2 },
    ],
    ['a Bloom filter lets a key in at its second miss', '0 A, 1 A, 2 A', { hits: 1 }, { filter: 'bloom' }],
  ] as const)('%s', (_, history, expected, admission = undefined as ReplayTask['admission']) => {
    expect(outcome(history, { admission })).toMatchObject(expected)
  })

  test('a filter by chance lets in as many as it says', () => {
    const keys = Uint32Array.from({ length: 20_000 }, (_, i) => i)
    const admission = { filter: 'probability', chance: 0.3 } as const
    const task = { policy: 'lru', capacity: 20_000, warmup: 10_000, seed: 1, rate: 1, admission } as const
    // Each key twice: it hits if it was let in, five standard deviations of 10,000 draws are 0.023.
    const twice = keys.map((key) => key % 10_000)
    const { hits } = replay({ ...task, requests: { keys: twice, keyCount: 10_000 } })
    expect(Math.abs(hits / 10_000 - 0.3)).toBeLessThan(0.023)
  })
})

test('requests of the warm-up fill the cache and are not counted', () => {
  const all = outcome('0 A 4, 1 set B 4, 2 A, 3 del B, 4 A', { warmup: 2 })
  expect(all).toMatchObject({ reads: 2, hits: 2, bytes: 8, writes: 0, deleted: 1 })
})

test.each(['redis-lru', 'redis-lfu'] satisfies PolicyName[])('%s goes by the time of the trace', (policy) => {
  // A is requested far more often, but long ago: only with the trace's own times is it idle when C comes.
  const reads = '0 A 4, 0 A, 0 A, 0 A, 0 A, 0 A, 0 A, 0 A, 0 A, 0 A, 0 A, 0 A'
  const later = `${reads}, 9000 B 4, 9000 B, 9000 C 4, 9000 B`
  const hits = outcome(reads).hits
  expect(outcome(later, { policy }).hits).toBe(hits + 2)
})

test('without times a policy and the lifetimes go by the rate, and count every request', () => {
  const keys = ['A', 'A', 'A', 'B', 'A', 'C', 'B', 'B', 'C']
  const words = Array.from({ length: 900 }, (_, i) => (i % 2 ? 'del D' : `${keys[(i * 5) % 9]} 4`))
  const given = words.map((word, i) => `${i * 25} ${word} ttl 100000`).join(',')
  const task = { policy: 'redis-lfu', capacity: 8, rate: 1 / 25 } as const
  const untimed = { times: undefined } as unknown as ReplayTask['requests']
  expect(outcome(given, { ...task, requests: untimed })).toEqual(outcome(given, task))
})
