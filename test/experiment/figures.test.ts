import { expect, test } from 'vitest'
import type { Figure, Report } from '../../src/report/report.js'
import { cachelab } from '../cli/in-process.js'

/** What a figure compares: its curves, its bars, or the rows and columns of a heat map, with the rules beside them. */
function compared(figure: Figure): string {
  switch (figure.kind) {
    case 'curves':
      return [...figure.series.map(({ name }) => name), `rules ${figure.rules?.length ?? 0}`].join(', ')
    case 'bars': {
      const series = figure.series.map(({ name }) => name).join(', ')
      return `${figure.categories.join(', ')}: ${series}; rules ${figure.rules?.length ?? 0}`
    }
    case 'heat':
      return `${figure.rows.join(', ')} × ${figure.columns.join(', ')}`
    default:
      return ''
  }
}

const choices = 'none, RDB, AOF no, AOF everysec, AOF always, RDB + AOF'
const hashes = 'md5, murmur3, xxh32, fnv1a, crc32, crc16'
const changes = 'ring +node-D, ring −node-C, modulo +node-D, modulo −node-C'

test.each([
  [
    'redis complexity --sizes 100,1000',
    ['LINDEX, LPOS, LINSERT, SINTERCARD, ZADD, ZRANK, ZRANGE, ZRANGE half, rules 1'],
  ],
  [
    'redis durability --duration 10s --crashes 2 --rate 100',
    [
      `${choices}: killed, at worst, power loss, on average, power loss, at worst; rules 0`,
      `${choices}: p99; rules 0`,
      `${choices}: restart; rules 0`,
    ],
  ],
  ['replicate --keys 100', ['node-A, node-B, node-C: copies; rules 1']],
  [
    'replicate --keys 100 --kill node-B',
    [
      'node-A, node-B, node-C: copies; rules 1',
      'all nodes up, node-B killed: the primary, a replica, nobody: lost; rules 0',
      'all nodes up, node-B killed: hops; rules 0',
    ],
  ],
  ['replicate --keys 100 --nodes 1 --replicas 1', []],
  [
    'replicate scale --keys 100 --requests 100',
    [`${changes}: moved; rules 1`, `${changes}: without warming, warmed; rules 0`],
  ],
  [
    'ring hashes --keys 100',
    [
      `${hashes}: standard deviation; rules 2`,
      `${hashes}: worst bit; rules 1`,
      `${hashes} × user:1, user:00000001, item:1:price, long prefix, 0x0001, id:1000`,
    ],
  ],
  ['ring rolling --keys 100', ['1: add node-D, 2: add node-E: ring, ideal, modulo; rules 0']],
  ['ring rolling --keys 100 --to 4', ['ring, ideal, modulo: moved; rules 0']],
  ['ring rolling --keys 100 --placement modulo --to 4', ['modulo, ideal: moved; rules 0']],
])('%s draws what its findings speak of', async (line, figures) => {
  const { stdout } = await cachelab([...line.split(' '), '--format', 'json'])
  const report: Report = JSON.parse(stdout)
  expect((report.figures ?? []).map(compared)).toEqual(figures)
  for (const figure of report.figures ?? []) expect(figure).toHaveProperty('shownElsewhere', true)
})
