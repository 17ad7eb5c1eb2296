import { describe, expect, test } from 'vitest'
import { calcify } from '../../../src/experiment/memcached/calcify.js'
import { chooseServer } from '../../../src/experiment/memcached/choose.js'
import { facebookSizes } from '../../../src/experiment/memcached/item-sizes.js'
import { lostAtCrash } from '../../../src/experiment/memcached/persistence.js'
import { memcachedRing } from '../../../src/experiment/memcached/ring.js'
import { slabs } from '../../../src/experiment/memcached/slabs.js'
import { LineKeys, numberedKeys } from '../../../src/keys/index.js'
import { mean } from '../../../src/stats/summary.js'

test('drawn sizes have the mean of their distribution', () => {
  const { values } = facebookSizes(1)
  // Scale ÷ (1 − shape) = 329.1, rounded up from 0 now and then. The standard deviation is that ÷ √(1 − 2 × shape)
  // = 597; of 100,000 its standard error is 1.9, four of them 7.6.
  expect(Math.abs(mean(values) - 329.1)).toBeLessThan(7.6)
})

test('waste is what chunks have over items', () => {
  const values = Float64Array.of(100, 100, 5000)
  const report = slabs({
    factor: 1.25,
    memory: 64,
    keyBytes: 30,
    sizes: { label: 'three', values },
    isListed: true,
  })
  // 189, 189 and 5089 bytes in chunks of 192, 192 and 5680.
  expect(report.findings[0].measured).toBeCloseTo(1 - (189 + 189 + 5089) / (192 + 192 + 5680), 12)
  const held = report.tables[0].rows.filter((row) => (row.share as number) > 0)
  expect(held.map((row) => [row.class, row.share])).toEqual([
    [4, 2 / 3],
    [19, 1 / 3],
  ])
})

describe('calcification', () => {
  const options = {
    factor: 1.25,
    memory: 8,
    sizes: [100, 10_000],
    phase: 60_000,
    rate: 1000,
    exponent: 0,
    pressure: 2,
    seed: 1,
  }

  test('under uniform requests the hit ratio is the share of keys that fit', async () => {
    const report = await calcify(options)
    const last = report.tables[0].rows.at(-1)!
    // Keys of 10,000 bytes: 94 a page, twice what 8 pages hold. One page is left without the mover, 7 with it, 8
    // (and with them half the keys) in a fresh cache. The last row has 5,000 requests: 4 standard errors are 2.8 %.
    expect(last.calcified).toBeCloseTo(94 / 1504, 1.2)
    expect(Math.abs((last.mover as number) - (7 * 94) / 1504)).toBeLessThan(0.04)
    expect(Math.abs((last.fresh as number) - 0.5)).toBeLessThan(0.028)
    expect([last.pages, last.moverPages]).toEqual(['4:8 22:1', '4:2 22:7'])
  })
})

describe('what a crash loses', () => {
  test.each([
    ['memcached', 1000, 10_000, 10_000],
    ['none', 1000, 10_000, 10_000],
    ['aof-always', 1000, 10_500, 0],
    ['aof-everysec', 1000, 10_500, 500],
    // 1,000 a second are more than 10,000 in a minute: a snapshot just after each.
    ['rdb', 1000, 100_500, 100_500 - 60_100],
    // 10 a second are 600 in a minute: no snapshot before five minutes have gone by.
    ['rdb', 10, 100_500, 1005],
    ['rdb', 10, 400_000, 4000 - 3001],
  ] as const)('%s at %d a second after %d ms', (mode, rate, crash, lost) => {
    expect(lostAtCrash(mode, { rate, crash })).toBe(lost)
  })
})

test('a dead server: ketama moves its own keys, modulo three of four, jump those behind it', async () => {
  const servers = ['10.0.1.1', '10.0.1.2', '10.0.1.3', '10.0.1.4']
  const report = await memcachedRing({
    servers,
    weights: {},
    distribution: 'ketama',
    keys: numberedKeys(10_000),
    dead: servers[0],
  })
  expect(report.tables[0].rows.map((row) => row.keys)).toEqual([2481, 2498, 2431, 2590])
  const [ketama, modulo, jump] = report.tables[1].rows
  expect(ketama).toMatchObject({ failing: 0.2481, moved: 0.2481, stray: 0 })
  // A key stays where hash mod 4, less one as the first is gone, is hash mod 3: the 12 residues say 1 in 4 or fewer.
  expect(modulo.moved as number).toBeGreaterThan(0.7)
  expect(jump.moved as number).toBeGreaterThan(0.4)
})

test('a client’s key list: repeats are named and placed once; jump moves others only where it renumbers', async () => {
  const list = async function* () {
    yield new TextEncoder().encode('a\nb\na\nc\na\n')
  }
  const ring = { servers: ['one', 'two', 'three'], weights: {}, distribution: 'ketama' } as const
  const repeated = await memcachedRing({ ...ring, keys: new LineKeys('keys.txt', list()), dead: 'three' })
  expect(repeated.parameters).toMatchObject({ keys: 3, repeatedLines: 2 })
  expect(repeated.findings[0]).toMatchObject({ id: 'repeated', text: expect.stringContaining('"a" 3 times') })
  const ids = async (dead: string) =>
    (await memcachedRing({ ...ring, keys: numberedKeys(1000), dead })).findings.map(({ id }) => id)
  expect(await ids('three')).not.toContain('jump')
  expect(await ids('one')).toContain('jump')
})

describe('the choice', () => {
  const choice = (...needs: Parameters<typeof chooseServer>[0]) => chooseServer(needs).findings[0].text
  test('what only Redis can do decides, then what Memcached does better', () => {
    expect(choice('throughput', 'structures')).toContain(
      'Choose Redis. The rule that decides: Memcached stores',
    )
    expect(choice('simple', 'throughput')).toContain('Choose Memcached. The rule that decides: its workers')
    expect(choice()).toContain('Choose Redis. No rule decides')
  })
})
