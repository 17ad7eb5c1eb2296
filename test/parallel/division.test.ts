import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  divide,
  noResults,
  ShardDone,
  shardsOf,
  stretchesOf,
  useDivision,
} from '../../src/parallel/division.js'
import { mergeParts, missingOf, parsedPart, partOfWork, partText } from '../../src/parallel/part.js'

const work = { version: '1.0.0', command: 'ring sweep', arguments: ['ring', 'sweep'] }

/** The part that holds these tasks of a list of `tasks`. */
function partOf(done: readonly number[], tasks = 6, shards: readonly string[] = []) {
  const results = noResults()
  results.lists.set('rings', { tasks, done: new Map(done.map((place) => [place, { place }])) })
  return partOfWork(work, shards, results)
}

const named = (parts: readonly ReturnType<typeof partOf>[]) =>
  parts.map((part, i) => ({ label: `${i + 1}.json`, part }))

describe('tasks are divided among shards', () => {
  const costs = fc.array(fc.nat({ max: 1000 }), { maxLength: 60 })

  test('each to one, and none is longer than a third above what is possible', () => {
    fc.assert(
      fc.property(costs, fc.integer({ min: 1, max: 12 }), (costs, count) => {
        const shards = shardsOf(costs, count)
        expect(shards).toHaveLength(costs.length)
        const work = new Array(count).fill(0)
        for (const [task, shard] of shards.entries()) work[shard] += costs[task]
        // No division has a longest shard below the mean, the costliest task, or the two least of count + 1 tasks.
        const sorted = [...costs].sort((a, b) => b - a)
        const two = sorted.length > count ? sorted[count - 1] + sorted[count] : 0
        const sum = costs.reduce((sum, cost) => sum + cost, 0)
        const least = Math.max(sum / count, sorted[0] ?? 0, two)
        expect(Math.max(...work)).toBeLessThanOrEqual(least * (4 / 3) * 1.2 + 1e-9)
      }),
    )
  })

  test('in stretches where neighbours share something, none longer than its share and one task', () => {
    fc.assert(
      fc.property(costs, fc.integer({ min: 1, max: 12 }), (costs, count) => {
        const shards = stretchesOf(costs, count)
        expect(shards).toEqual([...shards].sort((a, b) => a - b))
        expect(shards.every((shard) => shard >= 0 && shard < count)).toBe(true)
        const work = new Array(count).fill(0)
        for (const [task, shard] of shards.entries()) work[shard] += costs[task]
        const sum = costs.reduce((sum, cost) => sum + cost, 0)
        expect(Math.max(...work)).toBeLessThanOrEqual(sum / count + Math.max(0, ...costs) + 1e-9)
      }),
    )
    expect(stretchesOf([1, 1, 1, 1, 1, 1], 3)).toEqual([0, 0, 1, 1, 2, 2])
  })

  test('in turn where all cost the same', () => {
    expect(shardsOf([1, 1, 1, 1, 1], 3)).toEqual([0, 1, 2, 0, 1])
  })

  test('the costliest first', () => {
    expect(shardsOf([1, 2, 9, 3, 3], 2)).toEqual([1, 1, 0, 1, 1])
  })
})

test('progress is of the work that this run does, by its costs, also of a shard', async () => {
  const told: (readonly [number, number | null])[] = []
  useDivision({ results: noResults(), mayRun: true, shard: { index: 2, count: 2 } })
  try {
    const work = divide({
      name: 'tasks',
      inputs: [1, 5, 3, 2],
      cost: (input) => input,
      progress: (...how) => told.push(how),
      run: async (inputs, done) => inputs.forEach((input, place) => void done(place, input)),
    })
    await expect(work).rejects.toThrow(ShardDone)
  } finally {
    useDivision(undefined)
  }
  // 5 and 1 are the other's.
  expect(told).toEqual([
    [0, 5],
    [3, 5],
    [5, 5],
  ])
})

describe('parts are merged', () => {
  test('in any order and grouping, to the same part', () => {
    const divisions = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(divisions, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (owners, order) => {
        const parts = [0, 1, 2, 3].map((shard) =>
          partOf(
            owners.flatMap((owner, place) => (owner === shard ? [place] : [])),
            owners.length,
            [`${shard + 1}/4`],
          ),
        )
        const merge = (some: typeof parts) => mergeParts(named(some)).part
        const [a, b, c, d] = order.map((shard) => parts[shard])
        expect(merge([merge([a, b]), merge([c, d])])).toEqual(merge(parts))
        expect(merge([a, merge([b, merge([c, d])])])).toEqual(merge(parts))
        expect(missingOf(merge(parts))).toBeUndefined()
      }),
    )
  })

  test('but for two that hold the same task', () => {
    const merge = () => mergeParts(named([partOf([0, 1]), partOf([1, 2])]))
    expect(merge).toThrow('1.json and 2.json are parts that hold the same: task 2 of rings')
  })

  test.each([
    ['version', { ...partOf([1]), version: '2.0.0' }, 'version 2.0.0, not 1.0.0'],
    ['command', { ...partOf([1]), command: 'ring' }, 'command ring, not ring sweep'],
    ['arguments', { ...partOf([1]), arguments: ['ring'] }, 'arguments ring, not ring sweep'],
    ['number of tasks', partOf([1], 7), '2.json has 7 tasks of rings, and 1.json has 6'],
    ['input', { ...partOf([1]), facts: { keys: 2 } }, 'keys is 2, not 1'],
  ])('but for one with another %s', (_, other, message) => {
    expect(() => mergeParts(named([{ ...partOf([0]), facts: { keys: 1 } }, other]))).toThrow(message)
  })

  test('and say what is missing', () => {
    const { part } = mergeParts(named([partOf([0, 3], 6, ['1/3']), partOf([2, 5], 6, ['3/3'])]))
    expect(missingOf(part)).toBe('2 of 6 tasks of rings (shard 2/3)')
  })
})

test('a part keeps numbers that JSON lacks', () => {
  const numbers = [Number.NaN, Infinity, -Infinity, -0, 0, 1.5]
  const results = noResults()
  results.lists.set('numbers', { tasks: 1, done: new Map([[0, { numbers }]]) })
  const part = partOfWork(work, [], results)
  expect(parsedPart(partText(part))).toEqual(part)
})
