import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { compareDurability } from '../../../src/experiment/durability/durability.js'
import { type Measured, measure } from '../../../src/experiment/durability/measure.js'
import { PersistentServer, type Writes } from '../../../src/experiment/durability/server.js'
import {
  type ChoiceName,
  choiceNames,
  choices,
  type DurabilitySetup,
  durabilityDefaults,
  sizesOf,
} from '../../../src/experiment/durability/setup.js'
import { groupCommitLatency, groupSize, snapshotLoss } from '../../../src/stats/durability-theory.js'
import { mean, meanInterval } from '../../../src/stats/summary.js'
import recorded from '../../fixtures/redis-7.0.15-persistence.json' with { type: 'json' }
import { byLayer } from '../../layer.js'

/** A disk of which only the fsyncs take time, and no time but that. */
const bare: DurabilitySetup = {
  ...durabilityDefaults,
  keys: 1000,
  valueSize: 100,
  disk: { bandwidth: 1e15, fsync: 1 },
  service: 0,
  fork: 0,
}

/** Writes at given times, all of key 0. */
function at(...arrivals: number[]): Writes {
  return { arrivals: Float64Array.from(arrivals), keys: new Uint32Array(arrivals.length) }
}

function served(name: ChoiceName, writes: Writes, until: number, changes: Partial<DurabilitySetup> = {}) {
  const server = new PersistentServer({ ...bare, ...changes }, name, writes)
  server.run(until)
  return server
}

/** A write each so many milliseconds. */
const every = (gap: number, until: number, from = gap) =>
  at(...Array.from({ length: Math.floor((until - from) / gap) + 1 }, (_, i) => from + i * gap))

describe('what Redis 7.0.15 does', () => {
  test.each(recorded.files)(
    'its files of $keys keys with $valueSize bytes',
    ({ keys, valueSize, rdb, aof }) => {
      const sizes = sizesOf({ keys, valueSize })
      expect(sizes.rdb).toBe(rdb)
      // SELECT 0 comes first.
      expect(keys * sizes.logged + 23).toBe(aof)
    },
  )

  test('a kill while an fsync runs loses what was answered since it began', () => {
    const { before, answered, left } = recorded.heldFsync
    // The fsync begins with the last of the first writes; the others come one after the other.
    const times = Array.from({ length: answered }, (_, i) => (i < before ? 1010 : 1020 + i / 3))
    const server = served('AOF everysec', at(...times), 1400, { disk: { bandwidth: 1e15, fsync: 100_000 } })
    expect(server.acknowledged.filter((time) => time <= 1400).length).toBe(answered)
    expect(server.inKernel.filter((time) => time <= 1400).length).toBe(left)
  })
})

describe('rules', () => {
  test('none keeps nothing, and writes nothing', () => {
    const server = served('none', every(10, 1000), 1000)
    expect(server.inKernel.every((time) => time === Infinity)).toBe(true)
    expect(server.disk.written).toBe(0)
    expect(server.acknowledged[0]).toBe(10)
  })

  test('always: an answer comes after its fsync, and those that came meanwhile share the next one', () => {
    const server = served('AOF always', at(10, 10.1, 10.2), 1000, { disk: { bandwidth: 1e15, fsync: 4 } })
    const [first, second, third] = server.acknowledged
    expect(first).toBeGreaterThan(12)
    expect(second).toBeGreaterThan(first + 2)
    expect(third).toBe(second)
    expect(server.onDisk).toEqual(server.acknowledged)
  })

  test('everysec: the answer comes after write(2), and the fsync at the first turn of a new second', () => {
    const server = served('AOF everysec', at(100, 900, 1900, 1950, 2500), 4000)
    expect(server.acknowledged).toEqual(server.inKernel)
    // serverCron turns every 100 ms, and an fsync of 1 ms takes half of that and something random.
    const [first, second, third, fourth, fifth] = server.onDisk
    expect(second).toBe(first)
    expect(first).toBeGreaterThan(1000)
    expect(first).toBeLessThan(1120)
    expect(fourth).toBe(third)
    expect(third).toBeGreaterThan(2000)
    expect(third).toBeLessThan(2120)
    expect(fifth).toBeGreaterThan(3000)
  })

  test('everysec: writes stay in Redis while an fsync runs; after two whole seconds one waits for it', () => {
    // An fsync takes 5 s at least, and begins at 1 s.
    const server = served('AOF everysec', every(100, 6000), 6000, {
      disk: { bandwidth: 1e15, fsync: 10_000 },
    })
    const inMemory = [...server.acknowledged.keys()].filter(
      (i) => server.inKernel[i] > server.acknowledged[i],
    )
    expect(server.acknowledged[inMemory[0]]).toBeLessThan(1250)
    // Answered, and in the memory of the process only: a kill loses them.
    expect(inMemory.length).toBeGreaterThan(15)
    expect(server.delayed).toBe(1)
    const [synced] = server.onDisk
    expect(synced).toBeGreaterThan(6000)
    for (const i of inMemory) expect(server.inKernel[i]).toBe(synced)
    // The write that waited held up its client until the fsync had ended.
    expect(Math.max(...server.acknowledged.map((time, i) => time - 100 * (i + 1)))).toBeGreaterThan(2000)
  })

  test('no: Linux writes the file 30 s after the first change, at one of its looks every 5 s', () => {
    const server = served('AOF no', every(1000, 50_000), 60_000)
    // The first change at 1 s: due at 31 s, found at 35 s with all that came until then.
    expect(server.onDisk[0]).toBeGreaterThan(35_000)
    expect(server.onDisk[0]).toBeLessThan(35_200)
    expect(server.onDisk[33]).toBe(server.onDisk[0])
    expect(server.onDisk[36]).toBe(Infinity)
  })

  test('save 60 100: not with 99 changes, not at 60 s, but at the first look behind 61 s', () => {
    const savePoints = [{ seconds: 60, changes: 100 }]
    const run = (count: number) => served('RDB', every(10, count * 10), 200_000, { savePoints })
    expect(run(99).saves).toEqual([])
    const [save, ...others] = run(100).saves
    expect(others).toEqual([])
    expect(save.included).toBe(100)
    expect(save.forked).toBeGreaterThanOrEqual(61_000)
    expect(save.forked).toBeLessThan(61_200)
    expect(save.ended).toBeGreaterThan(save.forked)
  })

  test('the next save counts from the end of the last one, and changes during a save count for it', () => {
    // A child that takes some 10 s: 1,000 keys, at 10 kB/s.
    const setup = { savePoints: [{ seconds: 60, changes: 1 }], disk: { bandwidth: 12_000, fsync: 1 } }
    const { saves } = served('RDB', at(1000, 65_000), 200_000, setup)
    expect(saves.map(({ included }) => included)).toEqual([1, 2])
    const [first, second] = saves
    expect(first.ended - first.forked).toBeGreaterThan(9000)
    expect(Math.floor(second.forked / 1000)).toBe(Math.floor(first.ended / 1000 + 0.1) + 61)
  })

  test('a file is rewritten above 64 MB, when it is twice its size after the last rewrite', () => {
    // 1.04 MB a write.
    const setup = { keys: 10, valueSize: 1_000_000 }
    const { logged, rdb } = sizesOf(setup)
    const server = served('AOF everysec', every(1000, 200_000), 200_000, setup)
    const sizes = server.rewrites.map(({ included }, i) => {
      const from = server.rewrites[i - 1]?.included ?? 0
      return rdb + (included - from) * logged
    })
    expect(sizes.length).toBeGreaterThan(2)
    for (const size of sizes) {
      expect(size).toBeGreaterThan(64 * 2 ** 20)
      // One write more at most than it takes, and one during the rewrite.
      expect(size).toBeLessThan(64 * 2 ** 20 + 2.1 * logged)
    }
    // A logged write is a little larger than its entry in the RDB file.
    const large = served('AOF everysec', every(1000, 200_000), 200_000, { ...setup, keys: 50 })
    const [first] = large.rewrites
    expect(first.included).toBe(50)
  })

  test('copy on write: each page once for each child', () => {
    const setup = { keys: 4000, valueSize: 1000, savePoints: [{ seconds: 10, changes: 1 }] }
    const uniform = { ...durabilityDefaults, ...bare, ...setup, disk: { bandwidth: 1e5, fsync: 1 } }
    const count = 20_000
    const keys = Uint32Array.from({ length: count }, (_, i) => (i * 7919) % setup.keys)
    const arrivals = Float64Array.from({ length: count }, (_, i) => 1 + i)
    const server = served('RDB', { arrivals, keys }, count, uniform)
    const { memory } = sizesOf(setup)
    expect(server.pages.mostCopied).toBe(Math.ceil(memory / 4096) * 4096)
    expect(served('RDB', at(1), 100_000, uniform).pages.mostCopied).toBe(0)
  })
})

test('whatever comes: what is synced is in the kernel, what is there was executed, and all of it in order', () => {
  const gaps = fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(
      gaps,
      fc.constantFrom(...choiceNames),
      fc.constantFrom(0.1, 30, 900, 4000),
      (all, name, fsync) => {
        let time = 0
        const arrivals = all.map((gap) => (time += gap))
        const { acknowledged, inKernel, onDisk } = served(name, at(...arrivals), time + 50_000, {
          disk: { bandwidth: 1e6, fsync },
          savePoints: [{ seconds: 2, changes: 3 }],
        })
        const { appendfsync } = choices[name]
        for (let i = 0; i < arrivals.length; i++) {
          expect(acknowledged[i]).toBeGreaterThanOrEqual(arrivals[i])
          if (appendfsync) expect(onDisk[i]).toBeGreaterThan(inKernel[i])
          if (appendfsync === 'always') expect(acknowledged[i]).toBeGreaterThanOrEqual(onDisk[i])
          if (appendfsync === 'no') expect(acknowledged[i]).toBeGreaterThanOrEqual(inKernel[i])
          if (i === 0) continue
          for (const times of [acknowledged, inKernel, onDisk])
            expect(times[i]).toBeGreaterThanOrEqual(times[i - 1])
        }
      },
    ),
  )
})

describe('theory', () => {
  let measured: Measured
  const setup: DurabilitySetup = {
    ...durabilityDefaults,
    duration: byLayer(300_000, 1_200_000),
    crashes: 10_000,
    savePoints: [{ seconds: 20, changes: 1 }],
  }
  beforeAll(async () => {
    measured = await measure(setup)
  })

  test('RDB: half of the time between two saves, and one save', () => {
    const { saves, powerLost, killed } = measured.outcomes.RDB
    const period = (saves.at(-1)!.forked - saves[0].forked) / (saves.length - 1)
    const duration = mean(saves.map(({ forked, ended }) => ended - forked))
    expect(saves.length).toBeGreaterThan(10)
    // Uniform over a period: a standard deviation of period ÷ √12, and so 4 standard errors.
    const bound = (4 * period) / Math.sqrt(12 * setup.crashes)
    expect(Math.abs(mean(powerLost) / setup.rate - snapshotLoss(period, duration) / 1000)).toBeLessThan(
      bound / 1000 + 0.05,
    )
    expect(killed).toEqual(powerLost)
    // In milliseconds of writes, of which some come at once.
    expect(Math.max(...powerLost)).toBeLessThan(1.05 * (period + duration))
  })

  test('everysec: half a second and one fsync; at worst a second, an fsync and the wait for a child’s', () => {
    const { powerLost, killed } = measured.outcomes['AOF everysec']
    const { logged } = sizesOf(setup)
    const fsync = 1 + (1000 * logged * 1000) / 500e6
    // Uniform over a second: 4 standard errors of 289 ÷ √10,000, and 1 % for writes that come by chance.
    expect(Math.abs(mean(powerLost) - snapshotLoss(1000, fsync))).toBeLessThan(4 * 2.9 + 5)
    expect(Math.max(...powerLost)).toBeLessThan(1200)
    expect(Math.max(...killed)).toBeLessThan(50)
  })

  test('always and no: a kill loses nothing, and a power loss nothing or half a minute', () => {
    const { 'AOF always': always, 'AOF no': no, none } = measured.outcomes
    expect(Math.max(...always.powerLost, ...always.killed, ...no.killed)).toBe(0)
    expect(Math.max(...no.powerLost)).toBeGreaterThan(30_000)
    expect(Math.max(...no.powerLost)).toBeLessThan(37_000)
    expect(none.restart).toBeNull()
    expect(Math.min(...none.killed)).toBeGreaterThan(20_000)
  })

  test.each([0.05, 1, 8])('group commit: latencies of a disk with %d ms an fsync', async (fsync) => {
    const alone = { ...bare, disk: { bandwidth: 1e15, fsync }, duration: byLayer(100_000, 600_000) }
    const { latency } = (await measure({ ...alone, savePoints: [] })).outcomes['AOF always']
    const expected = groupCommitLatency(1, fsync) + 0.005
    const { low, high } = meanInterval(latency.parts, 0.9999)
    expect(low).toBeLessThan(expected + 0.005)
    expect(high).toBeGreaterThan(expected)
  })

  test('group commit at its limits: alone, one waits for one fsync; in a crowd, for 1 5/8', () => {
    expect(groupCommitLatency(1e-9, 2)).toBeCloseTo(2, 6)
    expect(groupCommitLatency(1e6, 2)).toBeCloseTo(3.25, 6)
    expect(groupSize(1e-9, 2)).toBeCloseTo(1, 6)
  })
})

describe('report', () => {
  const short = { ...durabilityDefaults, duration: 30_000, crashes: 50 }

  test('says that no save was complete, and the seed alone decides', async () => {
    const report = await compareDurability(short)
    const texts = new Map(report.findings.map(({ id, text }) => [id, text]))
    expect(texts.get('rdb')).toContain('no save was complete')
    expect(texts.get('theory')).toContain('both measured means')
    expect(texts.has('delayed')).toBe(false)
    expect(await compareDurability(short)).toEqual(report)
    expect(await compareDurability({ ...short, seed: 2 })).not.toEqual(report)
    expect(report.tables[0].rows.map(({ choice }) => choice)).toEqual(choiceNames)
  })

  test('a slow fsync delays writes, and is no case for the formula', async () => {
    const slow = { ...short, disk: { bandwidth: 500e6, fsync: 4000 } }
    const texts = new Map((await compareDurability(slow)).findings.map(({ id, text }) => [id, text]))
    expect(texts.get('delayed')).toContain('aof_delayed_fsync')
    expect(texts.get('theory')).not.toContain('everysec')
  })
})
