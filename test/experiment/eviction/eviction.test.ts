import { describe, expect, test } from 'vitest'
import { type PolicyName, policyNames } from '../../../src/eviction/index.js'
import { missRatioCurve } from '../../../src/experiment/eviction/curve.js'
import { distributedEviction } from '../../../src/experiment/eviction/distributed.js'
import { hitRatio } from '../../../src/experiment/eviction/hit-ratio.js'
import { policyTable } from '../../../src/experiment/eviction/policy-table.js'
import { skewSweep } from '../../../src/experiment/eviction/skew.js'
import { evictionSteps } from '../../../src/experiment/eviction/steps.js'
import { workloadTable } from '../../../src/experiment/eviction/workload-table.js'
import { nodeNames } from '../../../src/placement/index.js'
import type { Report } from '../../../src/report/index.js'
import { workloadNames } from '../../../src/workload/index.js'

const setup = { keys: 1000, requests: 10_000, warmup: 0, exponent: 1.0239, seed: 1, rate: 1000 }

function rows(report: Report, index = 0) {
  return report.tables[index].rows as Record<string, never>[]
}

function finding(report: Report, id: string) {
  return report.findings.find((candidate) => candidate.id === id)
}

describe('hit-ratio', () => {
  const options = {
    ...setup,
    policies: ['lru', 'lfu', 'random', 'opt'],
    workloads: ['zipf', 'uniform'],
    capacities: [100],
    runs: 10,
  } as const

  test('the lesson’s exercise: LFU gains most from skew, and theory agrees', async () => {
    const report = await hitRatio(options)
    expect(rows(report)).toHaveLength(8)
    for (const row of rows(report)) {
      expect(row.hits + row.misses).toBeCloseTo(10_000, 6)
      expect(row.hitRatio).toBeCloseTo(row.hits / 10_000, 12)
      expect(row.low).toBeLessThanOrEqual(row.hitRatio)
      expect(row.high).toBeGreaterThanOrEqual(row.hitRatio)
      if (row.workload === 'uniform' && row.policy !== 'opt')
        expect(Math.abs(row.hitRatio - 0.0995)).toBeLessThan(0.01)
    }
    // LFU forgets what it evicts: a cache of the most popular keys is out of its reach, and nothing else differs.
    expect(finding(report, 'theory')?.text).toMatch(
      /agrees with 5 of 6 .* lfu on zipf differs by −4\.\d percentage points/,
    )
    expect(finding(report, 'theory')).not.toHaveProperty('ok')
    expect(finding(report, 'lfu')).toBeDefined()
    expect(finding(report, 'skew')?.text).toContain('lfu gains')
    expect(report.parameters.topFifth).toBe('80.0%')
  })

  test.each([1, 2, 10, 99, 150])('theory holds from an empty cache on: %i requests', async (requests) => {
    const report = await hitRatio({ ...options, requests })
    expect(finding(report, 'theory')?.text).not.toContain('differs')
    expect(finding(report, 'lfu')).toBeUndefined()
  })

  test('one run is too few to say whether theory agrees, or which policy gains most', async () => {
    const report = await hitRatio({ ...options, runs: 1 })
    expect(finding(report, 'theory')?.text).toContain(
      'too few runs or requests to compare all 6 measured hit ratios',
    )
    expect(finding(report, 'theory')).not.toHaveProperty('ok')
    expect(finding(report, 'skew')?.text).toContain('One run is too few to separate them.')
  })

  test('one run has whole hits and no interval', async () => {
    const report = await hitRatio({ ...options, runs: 1, policies: ['lru'], workloads: ['scan'] })
    expect(rows(report)[0]).toMatchObject({ hits: 0, misses: 10_000, low: null, high: null, expected: null })
    expect(report.tables[0].columns.map((column) => column.label)).toContain('hits')
  })

  test('a cache larger than all keys never evicts, and says so', async () => {
    const report = await hitRatio({ ...options, capacities: [2000], runs: 2 })
    expect(finding(report, 'large')?.text).toContain('nothing is ever evicted')
    const misses = rows(report)
      .filter((row) => row.workload === 'zipf')
      .map((row) => row.misses)
    expect(new Set(misses).size).toBe(1)
  })

  test('what Redis makes of LRU', async () => {
    const report = await hitRatio({
      ...options,
      policies: ['lru', 'random', 'redis-lru'],
      workloads: ['zipf'],
      runs: 3,
    })
    expect(finding(report, 'redis')?.text).toContain('of LRU’s gain')
  })
})

test('curve: falls with capacity, LRU’s one pass agrees with single runs', async () => {
  const curveOf = (warmup: number) =>
    missRatioCurve({
      policies: ['lru', 'opt'],
      points: 7,
      warmup,
      seed: 1,
      rate: 1000,
      source: { workload: 'zipf', setup: { ...setup, warmup } },
    })
  const report = await curveOf(0)
  const curve = rows(report)
  expect(curve[0].capacity).toBe(1)
  expect(curve.at(-1)?.capacity).toBe(1000)
  for (let i = 1; i < curve.length; i++) expect(curve[i].lru).toBeLessThanOrEqual(curve[i - 1].lru)
  for (const row of curve) {
    expect(row.opt).toBeLessThanOrEqual(row.lru)
    const single = await hitRatio({
      ...setup,
      policies: ['lru'],
      workloads: ['zipf'],
      capacities: [row.capacity],
      runs: 1,
    })
    expect(rows(single)[0].misses).toBeCloseTo(row.lru * 10_000, 6)
  }
  const warm = await curveOf(5000)
  const single = await hitRatio({
    ...setup,
    warmup: 5000,
    policies: ['lru'],
    workloads: ['zipf'],
    capacities: [32],
    runs: 1,
  })
  expect(rows(single)[0].misses).toBeCloseTo(rows(warm).find((row) => row.capacity === 32)!.lru * 10_000, 6)
})

test('skew: all policies are alike on uniform keys and gain with the exponent', async () => {
  const policies = ['lru', 'lfu', 'random'] as const
  const report = await skewSweep({ ...setup, policies, capacity: 100, exponents: [0, 0.7, 1.4], runs: 3 })
  const [even, , skewed] = rows(report)
  for (const policy of policies) {
    expect(Math.abs(even[policy] - 0.0995)).toBeLessThan(0.01)
    expect(skewed[policy]).toBeGreaterThan(0.8)
  }
  expect(finding(report, 'gain-lfu')?.measured).toBe(0.7)
  // On uniform keys alone there is nothing to gain, and one run can't tell.
  const uniform = await skewSweep({ ...setup, policies, capacity: 100, exponents: [0], runs: 5 })
  expect(finding(uniform, 'gain-lru')?.text).toMatch(
    /^lru: too few runs to tell a gain .* from chance \(5 at/,
  )
  const single = await skewSweep({ ...setup, policies, capacity: 100, exponents: [1.4], runs: 1 })
  expect(finding(single, 'gain-lru')?.text).toMatch(/^lru: too few runs/)
})

describe('steps', () => {
  const steps = (policy: PolicyName, capacity: number, requests: string) =>
    rows(evictionSteps({ policy, capacity, requests: requests.split(' '), seed: 1, rate: 1 }))

  test.each<[PolicyName, number, string, string, string]>([
    ['lru', 3, 'A B C A D', '- - - - B', 'D A C'],
    ['lfu', 2, 'A A B C', '- - - B', 'C(1) A(2)'],
    ['fifo', 3, 'A B C A D', '- - - - A', 'D C B'],
    ['clock', 3, 'A B C A D', '- - - - B', 'C(0) A(0) D(0)'],
    ['sieve', 3, 'A B C A D', '- - - - B', 'D(0) C(0 hand) A(0)'],
    ['s3-fifo', 3, 'A A A B C D', '- - - - - B', 'D(0) C(0) | A(0) | B'],
    ['slru', 4, 'A B C D A E', '- - - - - B', 'D | C | A | E'],
    ['2q', 4, 'A B C D E A', '- - - - A B', 'E D C | A | B'],
    ['arc', 2, 'A B A C B', '- - - B A', 'C | B | – | A'],
    ['lirs', 3, 'A B C D C', '- - - C D', 'C(LIR) D(ghost) B(LIR) | A'],
    ['w-tinylfu', 2, 'A B B B C', '- - - - A', 'C(1) | B(3) | –'],
    ['opt', 2, 'A B C A B', '- - B - A', 'B(never) C(never)'],
    ['redis-lru', 2, 'A B B', '- - -', 'A(idle 2 s) B(idle 0 s) | –'],
    ['redis-lfu', 2, 'A B', '- -', 'A(5) B(5) | –'],
    ['random', 2, 'A B', '- -', 'A B'],
  ])('%s, capacity %i: %s', (policy, capacity, requests, evicted, inside) => {
    const table = steps(policy, capacity, requests)
    expect(table.map((row) => row.evicted ?? '-').join(' ')).toBe(evicted)
    expect(table.at(-1)?.inside).toBe(inside)
    for (const row of table) expect(row.reason === null).toBe(row.evicted === null)
  })
})

test('distributed: a split cache is nearly as good, a join costs misses that are made good', async () => {
  const options = {
    ...setup,
    source: { workload: 'zipf', setup: { ...setup, requests: 100_000 } },
    policies: ['lru'],
    nodes: nodeNames(3),
    capacity: 100,
  } as const
  const ring = await distributedEviction({ ...options, placement: 'ring' })
  const modulo = await distributedEviction({ ...options, placement: 'modulo' })
  const [row] = rows(ring)
  expect(Math.abs(row.nodes - row.oneCache)).toBeLessThan(0.02)
  expect(row.joined).toBeGreaterThan(row.unjoined)
  expect(row.recovery).toBeGreaterThan(row.dip)
  expect(rows(modulo)[0].extraMisses).toBeGreaterThan(row.extraMisses)
  const nodes = rows(ring, 1)
  expect(nodes.reduce((sum, node) => sum + node.load, 0)).toBeCloseTo(1, 12)
  expect(nodes.reduce((sum, node) => sum + node.requests, 0)).toBe(50_000)
  // The finding names the loads that the table shows.
  const loads = nodes.map(({ load }) => Number(load)).sort((a, b) => a - b)
  const percent = (load: number) => `${(load * 100).toFixed(1)}% of the requests`
  expect(finding(ring, 'split')?.text).toMatch(
    new RegExp(`most loaded .* ${percent(loads.at(-1)!)}.* least loaded .* ${percent(loads[0])}`),
  )
})

test('tables of policies and workloads name them all', async () => {
  expect(rows(policyTable()).map((row) => row.policy)).toEqual(policyNames)
  const table = rows(await workloadTable(setup))
  expect(table.map((row) => row.workload)).toEqual(workloadNames)
  expect(table.find((row) => row.workload === 'scan')).toMatchObject({ distinct: 10_000, oneHit: 1 })
})
