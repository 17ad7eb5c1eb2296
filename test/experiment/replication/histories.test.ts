import { describe, expect, test } from 'vitest'
import { writeModes } from '../../../src/cache-cluster/client.js'
import { replicationCheck } from '../../../src/experiment/replication/check.js'
import { timelineCommand } from '../../../src/experiment/replication/command-line.js'
import { replicationTimeline } from '../../../src/experiment/replication/timeline.js'
import { replicationTrace } from '../../../src/experiment/replication/trace.js'
import { nodeNames } from '../../../src/placement/index.js'
import { byLayer } from '../../layer.js'
import { finding, lesson, rows, small } from './setups.js'

const SCHEDULES = byLayer(40, 200)

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

  test('keys that expire are found no more, and nobody calls that a loss', async () => {
    const report = await replicationTimeline({ ...running, keys: 20, readRatio: 0.5, ttl: 100 })
    const last = rows(report, 'timeline').at(-1)!
    // A key is written 25 times a second and lives 0.1 s: found with probability 1 − e^−2.5 = 0.918.
    expect(last.hitRatio).toBeGreaterThan(0.85)
    expect(last.hitRatio).toBeLessThan(0.97)
    expect(finding(report, 'gone')?.measured).toBe(0)
    expect(finding(report, 'fresh')).toBeUndefined()
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

describe('the check', () => {
  const options = { ...small, modes: writeModes, schedules: SCHEDULES }

  test('every mode keeps what it promises, and breaks of the others what it can', async () => {
    const report = await replicationCheck(options)
    for (const row of rows(report, 'promises')) {
      expect(row.schedules).toBe(SCHEDULES)
      if (row.meant) expect(row).toMatchObject({ broken: 0, kept: true })
    }
    const brokenOnes = rows(report, 'promises').flatMap((row) => (row.kept ? [] : [row.mode]))
    expect(brokenOnes).toContain('sync')
    expect(brokenOnes).toContain('async')
    expect(await replicationCheck(options)).toEqual(report)
  })

  test('a read quorum that is too small is not meant to be fresh, and is not', async () => {
    const report = await replicationCheck({
      ...options,
      modes: ['quorum'],
      readQuorum: 1,
      schedules: byLayer(100, 300),
    })
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
