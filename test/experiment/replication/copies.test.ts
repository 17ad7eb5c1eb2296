import { describe, expect, test } from 'vitest'
import { replicationLoss } from '../../../src/experiment/replication/loss.js'
import { expectedLoss } from '../../../src/experiment/replication/losses.js'
import { replication } from '../../../src/experiment/replication/phases.js'
import { replicationScale } from '../../../src/experiment/replication/scale.js'
import { nodeNames } from '../../../src/placement/index.js'
import { finding, lesson, rows } from './setups.js'

describe('the lesson’s exercise', () => {
  test('each node is primary of the keys that the ring gives it, and every key has two copies', async () => {
    const report = await replication(lesson)
    const copies = rows(report, 'copies')
    expect(copies.map((row) => [row.node, row.primary])).toEqual([
      ['node-A', 3722],
      ['node-B', 2910],
      ['node-C', 3368],
    ])
    expect(copies.reduce((sum, row) => sum + Number(row.total), 0)).toBe(20_000)
    expect(rows(report, 'writes').map((row) => row.amplification)).toEqual([1, 2, 3])
    expect(rows(report, 'writes').map((row) => Number(row.messages) / Number(row.writes))).toEqual([2, 4, 6])
    expect(report.findings.every(({ ok }) => ok !== false)).toBe(true)
  })

  test('one copy, node-B killed: exactly its keys are lost', async () => {
    const report = await replication({ ...lesson, replicas: 1, kills: ['node-B'] })
    expect(rows(report, 'availability').at(-1)).toMatchObject({ readable: 7090, lost: 2910, replicaReads: 0 })
    expect(finding(report, 'lost')).toMatchObject({ measured: 2910, expected: 2910, ok: true })
  })

  test('two copies, node-B killed: nothing is lost, exactly its keys come from replicas, by a second hop', async () => {
    const report = await replication({ ...lesson, kills: ['node-B'] })
    expect(rows(report, 'availability').at(-1)).toMatchObject({
      ...{ readable: 10_000, lost: 0, primaryReads: 7090, replicaReads: 2910 },
    })
    expect(rows(report, 'latency').map((row) => row.meanHops)).toEqual([1, 1.291])
  })

  test('a phase for each node killed; three copies survive two', async () => {
    const two = await replication({ ...lesson, kills: ['node-B', 'node-A'] })
    const availability = rows(two, 'availability')
    expect(availability.map((row) => row.phase)).toEqual(['all nodes up', 'node-B killed', 'node-A killed'])
    // Lost is what had both its copies on A and B.
    expect(Number(availability[2].lost)).toBeGreaterThan(0)
    expect(Number(availability[2].lost) + Number(availability[2].readable)).toBe(10_000)
    const three = await replication({ ...lesson, replicas: 3, kills: ['node-B', 'node-A'] })
    expect(rows(three, 'availability')[2]).toMatchObject({ lost: 0, readable: 10_000 })
  })

  test('all nodes killed: nothing is left', async () => {
    const report = await replication({ ...lesson, kills: nodeNames(3) })
    expect(rows(report, 'availability').at(-1)).toMatchObject({ readable: 0, lost: 10_000 })
    expect(finding(report, 'nothing')?.text).toContain('No key is left')
  })

  test('nodes that are too small hold what they can, and say so', async () => {
    const report = await replication({ ...lesson, capacity: 1000 })
    expect(rows(report, 'copies').map((row) => row.total)).toEqual([1000, 1000, 1000])
    expect(finding(report, 'copies')?.text).toContain('lru evicted the others')
  })

  test('without jitter and service a hop takes what it takes, and a second one as long again', async () => {
    const report = await replication({ ...lesson, kills: ['node-B'], hop: 2, jitter: 0, service: 0 })
    expect(rows(report, 'latency').map((row) => [row.p50, row.p99])).toEqual([
      [2, 2],
      [2, 4],
    ])
  })
})

describe('the sweep', () => {
  const options = { ...lesson, nodes: nodeNames(5), keys: 2000, factors: [1, 2, 3], samples: 1000 }

  test('the formula counts choices: C(k, R) ÷ C(N, R)', () => {
    expect(expectedLoss(5, 2, 3)).toBeCloseTo(3 / 10, 12)
    expect(expectedLoss(6, 3, 4)).toBeCloseTo(4 / 20, 12)
    expect(expectedLoss(5, 3, 2)).toBe(0)
    expect(expectedLoss(5, 1, 5)).toBe(1)
  })

  test.each([1, 150])(
    'over all choices the average is the formula, with %i virtual nodes a node',
    async (vnodes) => {
      const report = await replicationLoss({ ...options, vnodes })
      for (const row of rows(report, 'loss')) {
        expect(row.lost).toBeCloseTo(Number(row.expected), 10)
        expect(Number(row.worst)).toBeGreaterThanOrEqual(Number(row.lost) - 1e-12)
      }
      expect(finding(report, 'safe')).toMatchObject({ measured: 0, ok: true })
    },
  )

  test('few virtual nodes make the worst choice worse', async () => {
    const worst = async (vnodes: number) =>
      Number(
        rows(await replicationLoss({ ...options, vnodes }), 'loss').find(
          (r) => r.replicas === 2 && r.killed === 2,
        )!.worst,
      )
    expect(await worst(1)).toBeGreaterThan(2 * (await worst(150)))
  })

  test('random choices come near the formula: within four standard errors', async () => {
    const report = await replicationLoss({ ...options, nodes: nodeNames(16), factors: [2], samples: 300 })
    const row = rows(report, 'loss').find(({ killed }) => killed === 8)!
    expect(row.choices).toBe(300)
    // One choice's share of keys lost varies by less than 0.05; the mean of 300 by √300 times less.
    expect(Math.abs(Number(row.lost) - expectedLoss(16, 2, 8))).toBeLessThan((4 * 0.05) / Math.sqrt(300))
  })
})

describe('scaling', () => {
  test('misses are those of moved keys that are asked for; warming leaves none', async () => {
    const report = await replicationScale({
      ...lesson,
      replicas: 1,
      rate: 20_000,
      requests: 20_000,
      workload: 'uniform',
    })
    const table = rows(report, 'scale')
    expect(table).toHaveLength(8)
    for (const row of table) {
      expect(row.before).toBe(1)
      if (row.warming) expect(row).toMatchObject({ misses: 0, copied: row.moved })
      else expect(row.copied).toBe(0)
    }
    const { measured, expected } = finding(report, 'misses')!
    // Binomial: p = 0.865 of 2,350 keys; five standard deviations are 83.
    expect(Math.abs(measured! - expected!)).toBeLessThan(83)
    const moved = (placement: string) => Number(table.find((row) => row.placement === placement)!.moved)
    expect(moved('ring')).toBe(2350)
    expect(finding(report, 'moved')).toMatchObject({ ok: true, expected: 0.25 })
    expect(moved('modulo')).toBeGreaterThan(7300)
  })
})
