import { describe, expect, test } from 'vitest'
import { writeModes } from '../../../src/cluster/client.js'
import { replicationCheck } from '../../../src/experiment/replication/check.js'
import { timelineCommand } from '../../../src/experiment/replication/command-line.js'
import { expectedLoss, replicationLoss } from '../../../src/experiment/replication/loss.js'
import { type PhasesOptions, replication } from '../../../src/experiment/replication/phases.js'
import { percentile } from '../../../src/experiment/replication/requests.js'
import { replicationScale } from '../../../src/experiment/replication/scale.js'
import { replicationTimeline } from '../../../src/experiment/replication/timeline.js'
import { replicationTrace } from '../../../src/experiment/replication/trace.js'
import { nodeNames } from '../../../src/placement/index.js'
import type { Report } from '../../../src/report/index.js'
import { small } from './setups.js'

/** The lesson's three nodes. */
const lesson: PhasesOptions = {
  ...small,
  ...{
    nodes: nodeNames(3),
    keys: 10_000,
    replicas: 2,
    writeQuorum: 2,
    readQuorum: 1,
    remember: 0,
    kills: [],
  },
}

function rows(report: Report, table: string) {
  return report.tables.find(({ name }) => name === table)!.rows
}

function finding(report: Report, id: string) {
  return report.findings.find((candidate) => candidate.id === id)
}

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
    expect(finding(report, 'nothing')?.text).toContain('Nothing is left')
  })

  test('nodes that are too small hold what they can, and say so', async () => {
    const report = await replication({ ...lesson, capacity: 1000 })
    expect(rows(report, 'copies').map((row) => row.total)).toEqual([1000, 1000, 1000])
    expect(finding(report, 'copies')?.text).toContain('lru dropped the others')
  })

  test('without jitter and service a hop takes what it takes, and a second one as long again', async () => {
    const report = await replication({ ...lesson, kills: ['node-B'], hop: 2, jitter: 0, service: 0 })
    expect(rows(report, 'latency').map((row) => [row.p50, row.p99])).toEqual([
      [2, 2],
      [2, 4],
    ])
  })
})

test('percentiles', () => {
  const values = Array.from({ length: 100 }, (_, i) => i + 1)
  expect([0, 0.5, 0.99, 1].map((share) => percentile(values, share))).toEqual([1, 51, 100, 100])
  expect(percentile([], 0.5)).toBe(0)
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

describe('the timeline', () => {
  const running = {
    ...small,
    keys: 1000,
    nodes: nodeNames(3),
    replicas: 2,
    duration: 4000,
    rate: 1000,
    readRatio: 0.9,
  }

  test('without faults everything is answered, at once, and nothing is copied', async () => {
    const report = await replicationTimeline(running)
    for (const row of rows(report, 'timeline')) {
      expect(row).toMatchObject({
        errors: 0,
        fallbacks: 0,
        stale: 0,
        hitRatio: 1,
        writeErrors: 0,
        repairs: 0,
      })
    }
    expect(finding(report, 'service')?.measured).toBe(0)
    const requests = rows(report, 'timeline').reduce(
      (sum, row) => sum + Number(row.reads) + Number(row.writes),
      0,
    )
    // A Poisson number of mean 4000: five standard deviations are 316.
    expect(Math.abs(requests - 4000)).toBeLessThan(316)
  })

  test('a node dies: reads go on, writes wait until it is declared dead, then copies are made', async () => {
    const report = await replicationTimeline({ ...running, faults: [{ kind: 'kill', at: 1000, node: 1 }] })
    const table = rows(report, 'timeline')
    expect(table.reduce((sum, row) => sum + Number(row.errors), 0)).toBe(0)
    const failing = table.flatMap((row) => (Number(row.writeErrors) > 0 ? [row.from] : []))
    expect(failing[0]).toBe(1000)
    expect(Number(failing.at(-1))).toBeLessThanOrEqual(2000)
    expect(table.reduce((sum, row) => sum + Number(row.repairs), 0)).toBeGreaterThan(500)
    expect(rows(report, 'events')).toEqual([{ mark: 'a', at: 1000, event: 'node-B killed' }])
    expect(finding(report, 'writable')).toBeDefined()
    expect(finding(report, 'replication')?.measured).toBeGreaterThan(2000)
  })

  test('one copy: reads of the dead node’s keys fail until it is declared dead, then find nothing', async () => {
    const report = await replicationTimeline({
      ...running,
      ...{ replicas: 1, readRatio: 1, faults: [{ kind: 'kill', at: 1000, node: 1 }] },
    })
    const table = rows(report, 'timeline')
    expect(table.reduce((sum, row) => sum + Number(row.errors), 0)).toBeGreaterThan(100)
    const last = table.at(-1)!
    expect(last.errors).toBe(0)
    expect(last.hitRatio).toBeLessThan(0.8)
    expect(last.hitRatio).toBeGreaterThan(0.6)
  })

  test('hints make up for writes that a node missed while it was silent for too short to be noticed', async () => {
    // Between two pings, which are 250 ms apart: nobody starts a repair.
    const faults = [{ kind: 'hang', at: 1010, node: 1 } as const, { kind: 'heal', at: 1200 } as const]
    const stale = async (hints: boolean) => {
      const setup = {
        ...running,
        keys: 200,
        remember: 0,
        mode: 'async',
        readRatio: 0.5,
        hints,
        faults,
      } as const
      return Number(finding(await replicationTimeline(setup), 'stale')?.measured)
    }
    const without = await stale(false)
    expect(without).toBeGreaterThan(10)
    expect(await stale(true)).toBeLessThan(without / 2)
  })
})

describe('the trace', () => {
  const options = { ...lesson, key: 'user:1001', victim: undefined, fault: 'kill' } as const

  test('a dead primary costs a hop, a silent one a timeout', () => {
    const killed = rows(replicationTrace(options), 'steps')
    expect(killed.map((row) => row.hops)).toEqual([null, 1, 2, null])
    const hung = rows(replicationTrace({ ...options, fault: 'hang' }), 'steps')
    expect(hung[2].hops).toBe(2)
    expect(Number(hung[2].took)).toBeGreaterThan(options.timeout)
    expect(Number(killed[2].took)).toBeLessThan(3)
  })

  test('the owners are the ring’s, and every message is told of', () => {
    const report = replicationTrace(options)
    expect(report.tables[0].title).toContain('node-C, node-B')
    expect(rows(report, 'messages').filter((row) => row.message === 'get')).toHaveLength(3)
    expect(rows(report, 'messages').filter((row) => row.message === 'refused')).toHaveLength(2)
  })

  test('a node that has no copy changes nothing', () => {
    const report = replicationTrace({ ...options, victim: 'node-A' })
    expect(finding(report, 'read')?.text).toContain('node-A holds no copy')
    expect(rows(report, 'steps')[2].hops).toBe(1)
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
    expect(moved('modulo')).toBeGreaterThan(7300)
  })
})

describe('the check', () => {
  const options = { ...small, modes: writeModes, schedules: 200 }

  test('every mode keeps what it promises, and breaks of the others what it can', async () => {
    const report = await replicationCheck(options)
    for (const row of rows(report, 'promises')) {
      expect(row.schedules).toBe(200)
      if (row.meant) expect(row).toMatchObject({ broken: 0, kept: true })
    }
    const brokenOnes = rows(report, 'promises').flatMap((row) => (row.kept ? [] : [row.mode]))
    expect(brokenOnes).toContain('sync')
    expect(brokenOnes).toContain('async')
    expect(await replicationCheck(options)).toEqual(report)
  })

  test('a read quorum that is too small is not meant to be fresh, and is not', async () => {
    const report = await replicationCheck({ ...options, modes: ['quorum'], readQuorum: 1, schedules: 300 })
    const fresh = rows(report, 'promises').find((row) =>
      String(row.promise).startsWith('A read that succeeds'),
    )
    expect(fresh).toMatchObject({ meant: false, kept: false })
  })
})

test('the command of a history gives every option that isn’t the default', () => {
  const command = timelineCommand({
    ...small,
    ...{ mode: 'quorum', hints: true, capacity: 7, seed: 9, timeout: 20, patience: 1500 },
    faults: [
      { kind: 'kill', at: 1500, node: 1 },
      { kind: 'slow', at: 2000, node: 0, factor: 10 },
      { kind: 'partition', at: 2001, groups: [[0], [1, 2, 3]] },
      { kind: 'heal', at: 2500 },
    ],
  })
  expect(command).toBe(
    'cachelab replicate timeline --nodes 4 --replicas 3 --keys 20 --mode quorum --timeout 20ms --detect 1500ms ' +
      '--duration 3s --rate 300 --read-ratio 0.5 --write-quorum 2 --read-quorum 2 --capacity 7 --policy lru --hints ' +
      "--seed 9 --kill node-B@1500ms --slow node-A@2s:10x --partition 'node-A|node-B,node-C,node-D@2001ms' --heal @2500ms",
  )
})
