import { expect, test } from 'vitest'
import type { PolicyName } from '../../../src/eviction/index.js'
import { missCurve } from '../../../src/experiment/eviction/miss-curve.js'
import { drawAll, workloadOf } from '../../../src/experiment/eviction/requests.js'
import { sampledCurve, sampledIndex } from '../../../src/experiment/eviction/sampled-curve.js'
import { estimate, estimateInPass } from '../../../src/experiment/eviction/sampled-estimate.js'
import { Trace } from '../../../src/trace/trace.js'
import { byLayer } from '../../layer.js'

const setup = { keys: 50_000, requests: 300_000, warmup: 0, exponent: 1 }
const common = { points: 9, warmup: 0, seed: 1, rate: 1000 }
const generated = { ...common, source: { workload: 'zipf', setup } } as const

function sampled(policies: readonly PolicyName[], sample: number | 'auto') {
  return sampledCurve({ ...generated, policies, index: sampledIndex(sample, policies) })
}

test('the estimates of each policy are near its exact curve, and say how near', async () => {
  const policies = byLayer<PolicyName[]>(['lru', 'sieve'], ['lru', 'sieve', 'w-tinylfu', 'opt'])
  const report = await sampled(policies, 0.2)
  const rows = report.tables[0].rows as Record<string, number>[]
  const requests = drawAll(workloadOf('zipf', setup, 1), setup.requests)
  expect(rows[0].capacity).toBe(160)
  expect(Math.abs(rows.at(-1)!.capacity / new Set(requests).size - 1)).toBeLessThan(0.05)
  const capacities = rows.map((row) => row.capacity)
  const spread = report.findings.find(({ id }) => id === 'spread')!.measured!
  for (const policy of policies) {
    const misses = missCurve({ ...common, policy, capacities, requests, keyCount: setup.keys })
    const errors = misses.map((count, i) => Math.abs(rows[i][policy] - count / requests.length))
    const error = errors.reduce((a, b) => a + b) / errors.length
    expect(report.findings.find(({ id }) => id === `error-${policy}`)?.measured).toBeCloseTo(error, 12)
    // The parts' spread predicts the expected absolute error, 0.8 standard deviations of a normal one.
    expect(error).toBeLessThan(2 * spread)
    expect(error).toBeLessThan(0.02)
  }
})

test('stretches and parts of a sample that is kept are what one pass counts', async () => {
  const source = { workload: 'zipf', setup: { ...setup, requests: 700_000 } } as const
  const estimates = [estimate, estimateInPass].map((counted) =>
    counted({ ...common, source, policies: ['lru'], index: sampledIndex(0.9, ['lru']) }),
  )
  const [kept, inPass] = await Promise.all(estimates)
  // Two stretches at least, of 2¹⁸ requests.
  expect(kept.facts).toMatchObject({ sampled: expect.toSatisfy((sampled) => sampled > 2 ** 19) })
  expect([kept.capacities, kept.curves, kept.parts]).toEqual([inPass.capacities, inPass.curves, inPass.parts])
})

test('auto: as many keys as fit, of more', async () => {
  const { parameters, findings } = await sampled(['lru'], 'auto')
  expect(parameters.sampledKeys).toBeLessThanOrEqual(16_384)
  expect(parameters.sampledKeys).toBeGreaterThanOrEqual(14_336)
  expect(findings.find(({ id }) => id === 'error-lru')?.measured).toBeLessThan(0.01)
})

test('a trace is estimated as a workload with the same keys is', async () => {
  const policies = ['lru', 'fifo'] as const
  const keys = Array.from({ length: 100_000 }, (_, i) => Math.floor(((i * 7919) % 10_007) ** 2 / 10_007))
  async function* input() {
    for (let from = 0; from < keys.length; from += 999)
      yield new TextEncoder().encode(`${keys.slice(from, from + 999).join('\n')}\n`)
  }
  const index = sampledIndex(0.25, policies)
  const trace = new Trace('keys', input(), { format: 'lines', index })
  const report = await sampledCurve({ ...common, policies, index, source: { trace } })
  expect(report.parameters).toMatchObject({ trace: 'keys', requests: keys.length })
  const rows = report.tables[0].rows as Record<string, number>[]
  expect(Math.abs(rows.at(-1)!.lru - new Set(keys).size / keys.length)).toBeLessThan(0.01)
  expect(Math.abs(rows.at(-1)!.fifo - new Set(keys).size / keys.length)).toBeLessThan(0.01)
})

test('what a sample can’t tell is refused', async () => {
  expect(() => sampledIndex('auto', ['lru', 'opt'])).toThrow('--sample auto is for lru, not for opt')
  await expect(sampled(['lru'], 0.0001)).rejects.toThrow(
    /^--sample: the sample of 300,000 requests holds \d keys?, 32 are needed/,
  )
})
