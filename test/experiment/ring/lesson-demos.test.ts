import { expect, test } from 'vitest'
import { ringCompare } from '../../../src/experiment/ring/compare.js'
import { ringDistribution } from '../../../src/experiment/ring/distribution.js'
import { type LessonDemo, lessonDemos } from '../../../src/experiment/ring/lesson-demos.js'
import { ringRolling } from '../../../src/experiment/ring/rolling.js'
import { numberedKeys } from '../../../src/keys/index.js'
import { Modulo, nodeNames } from '../../../src/placement/index.js'
import recorded from '../../fixtures/lesson-demos.json' with { type: 'json' }

const setup = { vnodes: 1, hash: 'md5', loadFactor: 1.25 } as const
const keys = () => numberedKeys(10_000)
const rowsOf = async (name: LessonDemo, table: string = name) => {
  const { tables } = await lessonDemos([name])
  return tables.find((candidate) => candidate.name === table)!.rows
}

test('the ring has the lesson’s keys and owners', async () => {
  const held = (await rowsOf('ring')).map(({ node, keys }) => [node, keys])
  expect(Object.fromEntries(held)).toEqual(recorded.ring.keys)
  const owners = (await rowsOf('ring', 'owners')).map(({ key, node }) => [key, node])
  expect(Object.fromEntries(owners)).toEqual(recorded.ring.owners)
})

test.each(Object.entries(recorded.change))('%s', async (change, { moved, keys }) => {
  const row = (await rowsOf('change')).find((candidate) => candidate.change === change)
  expect(row).toMatchObject({ moved, share: moved / 10_000, ...keys })
  expect(nodeNames(4).filter((node) => row?.[node] !== null)).toEqual(Object.keys(keys))
})

test('modulo moves what the lesson’s script says, and the ring', async () => {
  const moved = (await rowsOf('modulo')).map((row) => [row.placement, row.moved])
  expect(Object.fromEntries(moved)).toEqual(recorded.modulo)
})

test('virtual nodes have the lesson’s spreads', async () => {
  const rows = await rowsOf('vnodes')
  for (const [i, { vnodes, stddev, min, max }] of recorded.vnodes.entries()) {
    expect(rows[i]).toMatchObject({ vnodes, min: min / 10_000, max: max / 10_000 })
    expect(rows[i].stddev).toBeCloseTo(stddev, 6)
  }
})

test.each(recorded['modulo moves'])('modulo from %i to %i nodes moves %i keys', async (from, to, moved) => {
  const nodes = nodeNames(from)
  const count = Math.abs(to - from)
  const change = { kind: to > from ? 'add' : 'remove', count } as const
  const compared = await ringCompare({ ...setup, nodes, keys: keys(), change })
  expect(compared.tables[0].rows.find((row) => row.placement === 'modulo')?.moved).toBe(moved)

  const options = { ...setup, nodes, keys: keys(), to, replace: [], placement: 'modulo' as const }
  const { tables, findings } = await ringRolling(options)
  expect(findings.find(({ id }) => id === 'at-once')?.measured ?? tables[0].rows[0].moved).toBe(moved)
  if (count === 1) expect(tables[0].rows[0]).toMatchObject({ moved, moduloMoved: moved })
})

test('steps of a deployment whose counts have a large product are exact', async () => {
  // By the definition, with the platform's own MD5 and integers of any size.
  const { createHash } = await import('node:crypto')
  const digests = Array.from({ length: 300 }, (_, i) =>
    BigInt(`0x${createHash('md5').update(`key-${i}`).digest('hex')}`),
  )
  const options = { ...setup, nodes: nodeNames(95), keys: numberedKeys(300), to: 104, replace: [] }
  const { tables } = await ringRolling({ ...options, placement: 'modulo' })
  const expected = Array.from({ length: 9 }, (_, i) => {
    const [before, after] = [BigInt(95 + i), BigInt(96 + i)]
    return digests.filter((digest) => digest % before !== digest % after).length
  })
  expect(tables[0].rows.map((row) => row.moduloMoved)).toEqual(expected)
  expect(tables[0].rows.map((row) => row.moved)).toEqual(expected)
})

test('every way of placing a key by modulo takes the whole digest', async () => {
  const nodes = nodeNames(7)
  const { tables } = await ringDistribution({ ...setup, nodes, keys: keys(), placement: 'modulo' })
  expect(tables[0].rows.map((row) => row.keys)).toEqual(recorded['modulo keys of 7'])
  const modulo = new Modulo(nodes)
  const held = nodes.map(() => 0)
  for (let i = 0; i < 10_000; i++) {
    held[nodes.indexOf(modulo.locate(`key-${i}`))]++
    expect(modulo.replicas(`key-${i}`, 2)[0]).toBe(modulo.locate(`key-${i}`))
  }
  expect(held).toEqual(recorded['modulo keys of 7'])
})
