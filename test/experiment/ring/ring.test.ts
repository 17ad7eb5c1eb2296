import { describe, expect, test } from 'vitest'
import { ringCompare } from '../../../src/experiment/ring/compare.js'
import { type DistributionOptions, ringDistribution } from '../../../src/experiment/ring/distribution.js'
import { ringDrawing } from '../../../src/experiment/ring/drawing.js'
import { ringHashes } from '../../../src/experiment/ring/hashes.js'
import { ringMinVnodes } from '../../../src/experiment/ring/min-vnodes.js'
import { ringRolling } from '../../../src/experiment/ring/rolling.js'
import { ringRoutes } from '../../../src/experiment/ring/routes.js'
import { ringSweep } from '../../../src/experiment/ring/sweep.js'
import { ringWeights } from '../../../src/experiment/ring/weights.js'
import { LineKeys, numberedKeys } from '../../../src/keys/index.js'
import {
  algorithmNames,
  nodeNames,
  type PlacementName,
  placementNames,
} from '../../../src/placement/index.js'
import type { Report } from '../../../src/report/index.js'
import { probabilityAllWithin } from '../../../src/stats/all-within.js'
import demo from '../../fixtures/lesson-demo-ring.json' with { type: 'json' }
import { ringKeys } from '../../fixtures/record/programs.mjs'
import recorded from '../../fixtures/rings.json' with { type: 'json' }

const setup = { nodes: nodeNames(3), vnodes: 150, hash: 'md5', seed: undefined, loadFactor: 1.25 } as const

function table(report: Report, name: string) {
  const found = report.tables.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`no table ${name}`)
  for (const row of found.rows)
    expect(Object.keys(row)).toEqual(expect.arrayContaining(found.columns.map((c) => c.key)))
  return found.rows as Record<string, never>[]
}

function finding(report: Report, id: string) {
  const found = report.findings.find((candidate) => candidate.id === id)
  if (!found) throw new Error(`no finding ${id}`)
  return found
}

function distribution(options: Partial<DistributionOptions> = {}) {
  return ringDistribution({ ...setup, placement: 'ring', keys: numberedKeys(10_000), ...options })
}

describe('distribution', () => {
  test('the lesson’s demo', async () => {
    const rows = table(await distribution(), 'distribution')
    expect(Object.fromEntries(rows.map((row) => [row.node, row.keys]))).toEqual(demo['3x150'])
    expect(rows[1].share).toBeCloseTo(0.291, 12)
    expect(rows[1].deviation).toBeCloseTo(0.291 * 3 - 1, 12)
  })

  test.each(placementNames)(
    '%s places every key once, in the order of the nodes asked for',
    async (placement: PlacementName) => {
      const nodes = ['z', 'a', 'mm']
      const rows = table(await distribution({ placement, nodes }), 'distribution')
      expect(rows.map((row) => row.node)).toEqual(nodes)
      expect(rows.reduce((sum, row) => sum + Number(row.keys), 0)).toBe(10_000)
    },
  )

  test('a list of unknown length is bounded as one of known length is', async () => {
    const text = Array.from({ length: 10_000 }, (_, i) => `key-${i}`).join('\n')
    const lines = async function* () {
      yield new TextEncoder().encode(text)
    }
    const options = { placement: 'bounded', loadFactor: 1.05 } as const
    const known = await distribution(options)
    const unknown = await distribution({ ...options, keys: new LineKeys('keys.txt', lines()) })
    expect(table(unknown, 'distribution')).toEqual(table(known, 'distribution'))
    expect(finding(known, 'bound')).toMatchObject({ measured: 3500, expected: 3500 })
  })

  test('balanced keys are not balanced load', async () => {
    const report = await distribution({ vnodes: 1000, requests: { workload: 'zipf', count: 50_000 } })
    const rows = table(report, 'distribution')
    expect(rows.reduce((sum, row) => sum + Number(row.requests), 0)).toBe(50_000)
    expect(rows.reduce((sum, row) => sum + Number(row.load), 0)).toBeCloseTo(1, 12)
    expect(finding(report, 'load').text).toMatch(/^Balanced keys are not balanced load/)
    const uniform = await distribution({ requests: { workload: 'uniform', count: 50_000 } })
    expect(finding(uniform, 'load').text).toMatch(/^Load follows the keys/)
  })

  test('a hash that does not spread the keys is told on', async () => {
    expect(finding(await distribution(), 'balance').ok).toBe(true)
    expect(finding(await distribution({ hash: 'fnv1a' }), 'balance').ok).toBe(false)
  })

  test('no keys are an error', async () => {
    const nothing = async function* () {}
    await expect(distribution({ keys: new LineKeys('keys.txt', nothing()) })).rejects.toThrow(
      'keys.txt holds no keys',
    )
  })
})

test('routes: the lesson’s sample keys', () => {
  const keys = Object.keys(demo.route)
  const report = ringRoutes({ ...setup, placement: 'ring', keys, replicas: 2 })
  for (const row of table(report, 'routes')) {
    expect(row.node).toBe(demo.route[row.key])
    expect(String(row.replicas).split(', ')[0]).toBe(row.node)
    expect(String(row.vnode).startsWith(`${row.node}#v`)).toBe(true)
  }
})

test('routes: weights and the hash-type reach the ring of a program', () => {
  const nodes = ['a', 'b', 'c', 'd']
  const keys = ringKeys(recorded.haproxy.rings[2].owners.length)
  const options = { ...setup, nodes, placement: 'haproxy', keys, replicas: 1 } as const
  const nodesBy = (report: Report) =>
    table(report, 'routes').map((row) => nodes.indexOf(row.node).toString(36))
  const weighted = ringRoutes({ ...options, weights: { a: 3, c: 100, d: 256 } })
  expect(nodesBy(weighted).join('')).toBe(recorded.haproxy.rings[2].owners)
  expect(weighted.parameters).toMatchObject({ weights: 'a 3, c 100, d 256', hash: 'sdbm-avalanche' })
  const { owners } = recorded.haproxy.hashTypes.find(({ hashType }) => hashType === 'wt6')!
  const typed = ringRoutes({ ...options, hashType: 'wt6' })
  expect(nodesBy(typed).join('')).toBe(owners)
  expect(finding(typed, 'rule').text).toMatch(/the closest virtual node is at \d+: it belongs to/)
})

test('sweep: measured and expected agree, memory grows with the points', async () => {
  const report = await ringSweep({ ...setup, keys: numberedKeys(10_000), vnodes: [100, 10], runs: 100 })
  const rows = table(report, 'sweep')
  expect(rows.map((row) => row.vnodes)).toEqual([10, 100])
  for (const row of rows) {
    // A variance with 2 degrees of freedom over 100 rings has a standard error of 10 %; its root 5 %, four of them 20 %.
    expect(Math.abs(row.stddev / row.expectedStddev - 1)).toBeLessThan(0.2)
    expect(row.low).toBeLessThan(row.stddev)
    expect(row.high).toBeGreaterThan(row.stddev)
    expect(Number(row.minShare)).toBeLessThan(1 / 3)
    expect(Number(row.maxShare)).toBeGreaterThan(1 / 3)
  }
  expect(Number(rows[1].bytes)).toBeGreaterThan(300 * 8)
  expect(finding(report, 'theory').ok).toBe(true)
})

test('sweep: one run has no interval', async () => {
  const rows = table(await ringSweep({ ...setup, keys: numberedKeys(1000), vnodes: [5], runs: 1 }), 'sweep')
  expect(rows[0]).toMatchObject({ low: null, high: null })
})

describe('min-vnodes', () => {
  const options = { ...setup, keys: numberedKeys(10_000), within: 0.2, confidence: 0.9, runs: 40 }

  test('finds a number near the theory’s', async () => {
    const report = await ringMinVnodes(options)
    const { measured, expected } = finding(report, 'least')
    expect(probabilityAllWithin(10_000, 3, 0.2, expected!)).toBeGreaterThanOrEqual(0.9)
    expect(probabilityAllWithin(10_000, 3, 0.2, expected! - 1)).toBeLessThan(0.9)
    // At a third of it the probability is 0.58, at three times 0.998: 40 rings can't mistake one for the other.
    expect(measured! / expected!).toBeGreaterThan(1 / 3)
    expect(measured! / expected!).toBeLessThan(3)
    for (const row of table(report, 'trials')) {
      expect(row.probability).toBe(row.met / 40)
      expect(row.low).toBeLessThanOrEqual(row.probability)
      expect(row.high).toBeGreaterThanOrEqual(row.probability)
    }
  })

  test('says when no number can, with the floor and what would help', async () => {
    const report = await ringMinVnodes({
      ...options,
      nodes: nodeNames(10),
      within: 0.05,
      confidence: 0.95,
      runs: 5,
    })
    expect(finding(report, 'floor')).toMatchObject({ ok: false })
    expect(finding(report, 'floor').text).toMatch(/^No number of virtual nodes can/)
    expect(finding(report, 'floor').expected).toBeCloseTo(0.397, 3)
    expect(finding(report, 'help').text).toContain('30,000')
  })

  test('tells all the time how much of how much is done, so that a long search is announced', async () => {
    const told: [done: number, total: number | null][] = []
    await ringMinVnodes({ ...options, runs: 5 }, (done, total) => told.push([done, total]))
    expect(told.filter(([done, total]) => total === null || done > total)).toEqual([])
    const [searched, last] = told.at(-1)!
    expect(searched).toBe(last)
    // The rings of the search, and twenty parts of the thousand numbers of the one ring.
    expect(told.length).toBeGreaterThan(25)
  })

  test('the one ring in front of you', async () => {
    const report = await ringMinVnodes({ ...options, runs: 2 })
    const first = finding(report, 'single-ring').measured!
    const rows = async (vnodes: number) => table(await distribution({ vnodes }), 'distribution')
    const worst = async (vnodes: number) =>
      Math.max(...(await rows(vnodes)).map((row) => Math.abs(row.deviation)))
    expect(await worst(first)).toBeLessThanOrEqual(0.2)
    for (let vnodes = 1; vnodes < first; vnodes++) expect(await worst(vnodes)).toBeGreaterThan(0.2)
  })
})

test.each([
  ['nginx', 160],
  ['libmemcached', 60],
  ['haproxy', 16],
  ['envoy', 128],
] as const)(
  'weights on the ring of %s: shares near the weights, and no interval, which theory has not',
  async (placement, points) => {
    const options = {
      ...setup,
      placement,
      keys: numberedKeys(10_000),
      nodes: ['a', 'b', 'c'],
      weights: [2, 1, 5],
    }
    const report = await ringWeights(options)
    const rows = table(report, 'weights')
    // A point owns an exponential part: with n points, of which a weight of 1 has so many, a share's relative standard
    // deviation is about 1/√n; four of them.
    for (const { share, idealShare, weight } of rows)
      expect(Math.abs(share / idealShare - 1)).toBeLessThan(4 / Math.sqrt(points * weight))
    expect(rows.map(({ idealShare }) => idealShare)).toEqual([0.25, 0.125, 0.625])
    const order = [...rows].sort((a, b) => a.share - b.share).map(({ node }) => node)
    expect(order).toEqual(['b', 'a', 'c'])
    expect(Object.keys(rows[0])).toEqual(['node', 'weight', 'keys', 'share', 'idealShare', 'deviation'])
    const { text } = report.findings.find(({ id }) => id === 'interval')!
    expect(text).toContain(`not for ${placement}`)
    for (const finding of report.findings) expect(finding.ok).toBeUndefined()
  },
)

test('weights: a placement that takes none is refused with those that do', async () => {
  const options = {
    ...setup,
    placement: 'modulo',
    keys: numberedKeys(10),
    nodes: ['a', 'b'],
    weights: [2, 1],
  } as const
  await expect(ringWeights(options)).rejects.toThrow(
    '--placement modulo takes no weights; these do: ring, bounded,',
  )
})

test('weights: shares near the weights, with an interval', async () => {
  const report = await ringWeights({
    placement: 'ring',
    ...setup,
    nodes: ['large', 'small'],
    weights: [2, 1],
    keys: numberedKeys(10_000),
  })
  const rows = table(report, 'weights')
  expect(rows.map((row) => row.vnodes)).toEqual([300, 150])
  expect(rows[0].idealShare).toBeCloseTo(2 / 3, 12)
  const ratio = finding(report, 'ratio-large')
  expect(ratio.measured).toBeCloseTo(rows[0].keys / rows[1].keys, 12)
  expect(ratio.expected).toBe(2)
  expect(ratio.ok).toBe(true)
})

describe('rolling', () => {
  const options = { ...setup, placement: 'ring', keys: numberedKeys(10_000), to: 5, replace: [] } as const

  test('from three to five', async () => {
    const report = await ringRolling(options)
    const rows = table(report, 'steps')
    expect(rows.map((row) => row.change)).toEqual(['add node-D', 'add node-E'])
    expect(rows[0].moved).toBe(demo.moved_add_D)
    expect(rows[1].cumulativeMoved).toBe(rows[0].moved + rows[1].moved)
    expect(rows.map((row) => row.strayMoves)).toEqual([0, 0])
    expect(rows[0].idealShare).toBeCloseTo(1 / 4, 12)
    // Modulo's moves are binomial: 7500 ± 43, five of them.
    expect(Math.abs(rows[0].moduloMoved - 7500)).toBeLessThan(220)
    expect(finding(report, 'stray').ok).toBe(true)
  })

  test('and back again: what went comes back', async () => {
    const up = table(await ringRolling(options), 'steps')
    const down = table(await ringRolling({ ...options, nodes: nodeNames(5), to: 3 }), 'steps')
    expect(down.map((row) => row.change)).toEqual(['remove node-E', 'remove node-D'])
    expect(down.map((row) => row.moved)).toEqual(up.map((row) => row.moved).reverse())
  })

  test('nodes that leave by name, one at a time', async () => {
    const report = await ringRolling({ ...options, nodes: nodeNames(6), to: 6, remove: ['node-D', 'node-B'] })
    const rows = table(report, 'steps')
    expect(rows.map((row) => row.change)).toEqual(['remove node-D', 'remove node-B'])
    const left = nodeNames(6).filter((node) => node !== 'node-B' && node !== 'node-D')
    const balance = await ringDistribution({ ...options, nodes: left, loadFactor: 1.25 })
    expect(rows[1].within).toBeCloseTo(table(balance, 'spread')[0].within, 12)
    expect(finding(report, 'balance').measured).toBe(rows[1].within)
  })

  test('a replacement moves the old node’s keys and those its places take', async () => {
    const report = await ringRolling({
      ...options,
      to: 3,
      replace: [{ leaving: 'node-B', joining: 'node-X' }],
    })
    const [row] = table(report, 'steps')
    // node-B's keys all move, and node-X takes its share of the others'.
    expect(row.moved).toBeGreaterThan(demo['3x150']['node-B'])
    expect(row.idealShare).toBe(0.5)
    expect(row.strayMoves).toBe(0)
    expect(finding(report, 'moved').ok).toBe(true)
  })

  test('other placements are told on', async () => {
    const report = await ringRolling({ ...options, placement: 'modulo' })
    expect(finding(report, 'stray').ok).toBe(false)
  })

  test('nodes that can’t be replaced', async () => {
    const swap = (leaving: string, joining: string) =>
      ringRolling({ ...options, to: 3, replace: [{ leaving, joining }] })
    await expect(swap('x', 'y')).rejects.toThrow('there is no node "x"')
    await expect(swap('node-A', 'node-B')).rejects.toThrow('there is a node "node-B" already')
  })
})

describe('compare', () => {
  const options = { ...setup, nodes: nodeNames(4), keys: numberedKeys(10_000) }

  test('the lesson’s problem 3: 80 % and 20 %', async () => {
    const report = await ringCompare({ ...options, change: { kind: 'add', count: 1 } })
    const rows = table(report, 'placements')
    expect(rows.map((row) => row.placement)).toEqual(algorithmNames)
    const row = (name: string) => rows.find((candidate) => candidate.placement === name)!
    expect(row('modulo').expectedShare).toBeCloseTo(0.8, 12)
    expect(Math.abs(row('modulo').movedShare - 0.8)).toBeLessThan(0.02)
    expect(row('ring').expectedShare).toBeCloseTo(0.2, 12)
    for (const name of ['ring', 'jump', 'rendezvous', 'slots']) expect(row(name).stray).toBe(0)
    expect(row('modulo').stray).toBeGreaterThan(5000)
    expect(finding(report, 'modulo').ok).toBe(true)
    expect(finding(report, 'ring').ok).toBe(true)
  })

  test('jump can’t lose a node in the middle, and the table says so', async () => {
    const report = await ringCompare({ ...options, change: { kind: 'remove', names: ['node-B'] } })
    const rows = table(report, 'placements')
    expect(rows.filter((row) => row.moved === null).map((row) => row.placement)).toEqual(['jump'])
    expect(finding(report, 'unable').text).toContain('only the last node can go')
  })

  test('several nodes leave by name: the balance after is that of a placement without them', async () => {
    const nodes = nodeNames(12)
    const names = ['node-B', 'node-F', 'node-K']
    const report = await ringCompare({
      ...options,
      nodes,
      placements: placementNames,
      change: { kind: 'remove', names },
    })
    const rows = table(report, 'placements')
    const left = nodes.filter((node) => !names.includes(node))
    for (const placement of [
      'modulo',
      'ring',
      'rendezvous',
      'maglev',
      'libmemcached',
      'nginx',
      'envoy',
    ] as const) {
      const one = { ...setup, nodes: left, keys: numberedKeys(10_000), placement, loadFactor: 1.25 }
      const [balance] = table(await ringDistribution(one), 'spread')
      const row = rows.find((candidate) => candidate.placement === placement)!
      expect(row.stddevAfter).toBeCloseTo(balance.stddev, 12)
      expect(row.maxOverMeanAfter).toBeCloseTo(balance.maxOverMean, 12)
      expect(row.withinAfter).toBeCloseTo(balance.within, 12)
      if (placement === 'ring') expect(finding(report, 'balance').measured).toBe(row.withinAfter)
    }
    const [before] = table(
      await ringDistribution({ ...options, nodes, placement: 'ring', loadFactor: 1.25 }),
      'spread',
    )
    expect(rows.find((row) => row.placement === 'ring')!.within).toBeCloseTo(before.within, 12)
    expect(finding(report, 'modulo').ok).toBe(true)
  })

  test('nodes join by name, and leave in any order, as far as jump lets them', async () => {
    const added = await ringCompare({ ...options, change: { kind: 'add', names: ['x', 'y'] } })
    expect(table(added, 'placements').every((row) => row.moved > 0)).toBe(true)
    expect(added.parameters.change).toBe('add x, y')
    const change = { kind: 'remove', names: ['node-C', 'node-D'] } as const
    const removed = table(await ringCompare({ ...options, change }), 'placements')
    const last = table(await ringCompare({ ...options, change: { kind: 'remove', count: 2 } }), 'placements')
    expect(removed).toEqual(last)
  })

  test('removing the last nodes works for all', async () => {
    const rows = table(await ringCompare({ ...options, change: { kind: 'remove', count: 2 } }), 'placements')
    expect(rows.every((row) => row.moved !== null)).toBe(true)
    expect(rows.find((row) => row.placement === 'ring')!.stray).toBe(0)
  })
})

test('hashes: weak ones fail the avalanche, fnv1a clumps', async () => {
  const report = await ringHashes({ ...setup, keys: numberedKeys(10_000), time: false })
  const rows = table(report, 'hashes')
  for (const row of rows.slice(0, 3)) {
    expect(Math.abs(row.avalanche - 0.5)).toBeLessThan(0.01)
    expect(Math.abs(row.worstBit - 0.5)).toBeLessThan(0.12)
  }
  expect(finding(report, 'avalanche').text).toContain('fnv1a, crc32, crc16 fail this')
  const clumped = table(report, 'patterns').filter((row) => row.counter > 1.4)
  expect(clumped.map((row) => row.hash)).toEqual(['fnv1a'])
  expect(Object.keys(rows[0])).not.toContain('nanoseconds')
  const timed = await ringHashes({ ...setup, keys: numberedKeys(100), time: true })
  for (const row of table(timed, 'hashes')) expect(row.nanoseconds).toBeGreaterThan(0)
})

test('drawing: arcs, keys and their owners before and after', () => {
  const keys = Object.keys(demo.route)
  const report = ringDrawing({ ...setup, keys, change: { kind: 'add', count: 1 } })
  const [figure] = report.figures!
  if (figure.kind !== 'ring') throw new Error('not a ring')
  expect(figure.rings.map((ring) => ring.arcs.length)).toEqual([450, 600])
  for (const { arcs } of figure.rings) {
    expect(arcs.every((arc, i) => arc.at >= 0 && arc.at < 1 && (i === 0 || arc.at >= arcs[i - 1].at))).toBe(
      true,
    )
  }
  for (const row of table(report, 'keys')) {
    expect(row.node).toBe(demo.route[row.key])
    expect([row.node, 'node-D']).toContain(row.after)
  }
})

describe('a list in which keys occur several times', () => {
  // As file names are: most once, some a hundred times and more.
  const names = Array.from({ length: 20_000 }, (_, i) =>
    i % 20 === 0 ? `index-${i % 60}.js` : `file-${i}.ts`,
  )
  const list = () => {
    const lines = async function* () {
      yield new TextEncoder().encode(names.join('\n'))
    }
    return new LineKeys('names.txt', lines())
  }
  const different = new Set(names).size

  test('the repeats are named, and the hash is not blamed for them', async () => {
    const report = await distribution({ keys: list(), nodes: nodeNames(10) })
    expect(finding(report, 'balance').ok).toBe(true)
    expect(finding(report, 'repeated').text).toBe(
      'Repeated keys: 997 of the 20,000 keys in names.txt occur earlier in it and are left out, so each key is placed once. Most often: "index-0.js" 334 times, "index-20.js" 333 times, "index-40.js" 333 times.',
    )
    expect(report.parameters).toMatchObject({ keys: different, repeatedLines: 997 })
    expect(table(report, 'distribution').reduce((sum, row) => sum + Number(row.keys), 0)).toBe(different)
  })

  test('every experiment says so', async () => {
    const keys = () => ({ ...setup, keys: list() })
    const reports = [
      await ringCompare({ ...keys(), change: { kind: 'add', count: 1 } }),
      await ringHashes({ ...keys(), time: false }),
      await ringMinVnodes({ ...keys(), within: 0.5, confidence: 0.5, runs: 2 }),
      await ringRolling({ ...keys(), placement: 'ring', to: 4, replace: [] }),
      await ringSweep({ ...keys(), vnodes: [5], runs: 2 }),
      await ringWeights({ ...keys(), placement: 'ring', weights: [1, 1, 2] }),
    ]
    for (const report of reports) {
      expect(finding(report, 'repeated').text).toMatch(/^Repeated keys: 997 of the 20,000/)
      expect(report.parameters).toMatchObject({ keys: different, repeatedLines: 997 })
    }
  })

  test('without repeats there is no such finding; a long or hostile key is shown as text', async () => {
    const fresh = await distribution()
    expect(fresh.findings.map(({ id }) => id)).not.toContain('repeated')
    const hostile = async function* () {
      yield new TextEncoder().encode(`\u001b[31m${'x'.repeat(100)}\n`.repeat(2))
    }
    const report = await distribution({ keys: new LineKeys('keys.txt', hostile()) })
    expect(finding(report, 'repeated').text).toContain(`"\\x1b[31m${'x'.repeat(32)}…" 2 times.`)
  })
})

describe('verdicts on placement come from exact laws', () => {
  const keys = numberedKeys(10_000)

  test('a good hash lies within them, at any number of virtual nodes and keys', async () => {
    for (const vnodes of [1, 10, 150]) {
      const compared = await ringCompare({ ...setup, vnodes, keys, change: { kind: 'add', count: 1 } })
      expect(finding(compared, 'modulo')).toMatchObject({ ok: true, expected: 0.75 })
      expect(finding(compared, 'ring')).toMatchObject({ ok: true, expected: 0.25 })
      const few = { ...setup, vnodes, keys: numberedKeys(20), placement: 'ring', to: 5, replace: [] } as const
      expect(finding(await ringRolling(few), 'moved')).toMatchObject({ ok: true })
    }
  })

  test('a poor hash does not, and by how much is said', async () => {
    const poor = { ...setup, hash: 'fnv1a', keys } as const
    const swept = finding(await ringSweep({ ...poor, vnodes: [1, 100], runs: 20 }), 'theory')
    expect(swept.ok).toBe(false)
    expect(swept.text).toMatch(/100 virtual nodes differs by \d+\.\d percentage points \(.*95% interval \d/)
    expect(finding(await distribution({ hash: 'fnv1a' }), 'balance').text).toMatch(
      /With a hash that spreads these keys evenly, a deviation as large has a probability of less than 0\.000001\.$/,
    )
  })

  test('ratios of weighted nodes lie within the range in 95% of rings, with few virtual nodes too', async () => {
    let inside = 0
    for (let seed = 1; seed <= 100; seed++) {
      const report = await ringWeights({
        placement: 'ring',
        ...setup,
        vnodes: 3,
        seed,
        keys: numberedKeys(500),
        weights: [1, 2, 6],
      })
      if (report.findings.every(({ ok }) => ok !== false)) inside++
    }
    // 95 of 100 with a standard deviation of 2.2, and a little more as two comparisons are made safe one by one.
    expect(inside).toBeGreaterThanOrEqual(89)
    expect(inside).toBeLessThanOrEqual(99)
  })

  test('a handful of keys is not blamed on the hash', async () => {
    for (const keys of [1, 2, 3, 5])
      for (let seed = 1; seed <= 20; seed++)
        expect(finding(await distribution({ keys: numberedKeys(keys), seed }), 'balance').ok).toBe(true)
    const swept = await ringSweep({ ...setup, keys: numberedKeys(1), vnodes: [1, 5], runs: 2 })
    expect(finding(swept, 'theory').ok).toBe(true)
  })

  test('one ring at a time is judged too', async () => {
    const report = await ringSweep({ ...setup, keys, vnodes: [5, 50], runs: 1 })
    expect(finding(report, 'theory')).toMatchObject({ ok: true })
  })

  test('hot keys are told from chance at any number of requests', async () => {
    for (const count of [10, 1000, 100_000]) {
      const report = await distribution({ requests: { workload: 'uniform', count } })
      expect(finding(report, 'load').text).toMatch(/^Load follows the keys/)
    }
  })
})
