import { type KeySource, keyPositions, type Progress } from '../../keys/index.js'
import { type ShardingName, shardingNames, shardings } from '../../memcached/client-sharding.js'
import { Ketama, ketamaHash } from '../../placement/ketama.js'
import { type Findings, reportOf, type TableDraft } from '../../report/build.js'
import { countOf, formatNumber, formatRatio } from '../../report/format.js'
import type { Report, Table } from '../../report/index.js'
import { comparedBars } from '../bars.js'
import { keyParameters, repeatedFinding } from '../ring/setup.js'

export interface MemcachedRingOptions {
  /** `host` or `host:port`, in the order in which a client lists them. */
  readonly servers: readonly string[]
  readonly weights: Readonly<Record<string, number>>
  readonly distribution: ShardingName
  readonly keys: KeySource
  /** The server that dies; by default the last one. */
  readonly dead: string
}

/** Effect of a dead server on the keys under one distribution. */
interface Death {
  readonly sharding: ShardingName
  /** Keys on the dead server: their requests fail until it is removed from the list. */
  readonly lost: number
  /** Keys that have another server once it is removed, including those on the dead server. */
  readonly moved: number
}

/** How a memcached client spreads keys over servers, and the effect of a dead server. O(keys) lookups. */
export async function memcachedRing(options: MemcachedRingOptions, progress?: Progress): Promise<Report> {
  const { servers, weights, distribution, keys, dead } = options
  const [positions] = await keyPositions(keys, [ketamaHash.hash], progress)
  const locate = shardings[distribution].over(servers, weights)
  const counts = new Uint32Array(servers.length)
  for (const position of positions) counts[locate(position)]++
  const weightOf = (server: string) => (Object.hasOwn(weights, server) ? weights[server] : 1)
  const total = servers.reduce((sum, server) => sum + weightOf(server), 0)
  const expected = servers.map((server) =>
    distribution === 'ketama' ? weightOf(server) / total : 1 / servers.length,
  )
  const deaths = servers.length < 2 ? [] : shardingNames.map((name) => death(name, options, positions))
  const worst = counts.reduce(
    (most, count, i) => Math.max(most, Math.abs(count / positions.length / expected[i] - 1)),
    0,
  )
  return reportOf('memcached ring', {
    title: `How a memcached client spreads ${countOf(positions.length, 'key')} over ${countOf(servers.length, 'server')}`,
    parameters: {
      distribution,
      servers: servers.length,
      ...keyParameters(keys, positions.length),
      weights: servers.some((server) => Object.hasOwn(weights, server))
        ? servers.map(weightOf).join(' ')
        : null,
      hash: 'md5',
    },
    tables: {
      distribution: {
        title: 'Keys per server',
        columns: {
          node: 'server',
          points: distribution === 'ketama' && ['points', 'count'],
          keys: ['keys', 'count'],
          share: ['share', 'ratio', 'bar'],
          expected: ['by weight', 'ratio'],
        },
        rows: rowsOf(options, counts, expected, positions.length),
      },
      death: deaths.length > 0 && deathTable(deaths, positions.length, servers.length),
    },
    figures: [
      ...comparedBars({
        title: 'Keys per server',
        value: { label: 'share of the keys', unit: 'ratio' },
        categories: servers,
        series: [
          { name: distribution, values: Array.from(counts, (count) => count / positions.length) },
          { name: distribution === 'ketama' ? 'by weight' : 'a fair share', values: expected },
        ],
      }),
      ...comparedBars({
        title: `Keys that move when ${dead} dies`,
        value: { label: 'share of the keys', unit: 'ratio' },
        categories: deaths.map(({ sharding }) => sharding),
        series: [
          { name: 'on the dead server', values: deaths.map(({ lost }) => lost / positions.length) },
          { name: 'moved in all', values: deaths.map(({ moved }) => moved / positions.length) },
        ],
      }),
    ],
    findings: {
      repeated: repeatedFinding(keys, positions.length),
      balance: {
        text: `Balance: the largest deviation of a server from its share is ${formatRatio(worst)}. Distribution: ${shardings[distribution].idea}.`,
        measured: worst,
      },
      ...(deaths.length > 0 ? deathFindings(deaths, positions.length, servers.length, dead) : {}),
    },
  })
}

function rowsOf(
  { servers, weights, distribution }: MemcachedRingOptions,
  counts: Uint32Array,
  expected: readonly number[],
  keys: number,
): Table['rows'] {
  const points = distribution === 'ketama' ? new Ketama(servers, weights).pointCounts : undefined
  return servers.map((node, i) => ({
    node,
    ...(points ? { points: points[i] } : {}),
    keys: counts[i],
    share: counts[i] / keys,
    expected: expected[i],
  }))
}

function death(sharding: ShardingName, options: MemcachedRingOptions, positions: Uint32Array): Death {
  const { servers, dead } = options
  const weights = sharding === 'ketama' ? options.weights : {}
  const gone = servers.indexOf(dead)
  const left = servers.filter((server) => server !== dead)
  const before = shardings[sharding].over(servers, weights)
  const after = shardings[sharding].over(left, weights)
  let [lost, moved] = [0, 0]
  for (const position of positions) {
    const from = before(position)
    const to = after(position)
    if (from === gone) lost++
    if (from === gone || servers[from] !== left[to]) moved++
  }
  return { sharding, lost, moved }
}

function deathTable(deaths: readonly Death[], keys: number, servers: number): TableDraft {
  return {
    title: 'When a server dies',
    columns: {
      sharding: 'distribution',
      failing: ['fail without eject', 'ratio'],
      moved: ['move with eject', 'ratio'],
      stray: ['needlessly', 'ratio'],
      expected: ['move at least', 'ratio'],
    },
    rows: deaths.map(({ sharding, lost, moved }) => ({
      sharding,
      failing: lost / keys,
      moved: moved / keys,
      stray: (moved - lost) / keys,
      expected: 1 / servers,
    })),
  }
}

function deathFindings(deaths: readonly Death[], keys: number, servers: number, dead: string): Findings {
  const of = (name: ShardingName) => deaths.find(({ sharding }) => sharding === name)!
  const [ketama, modulo, jump] = [of('ketama'), of('modulo'), of('jump')]
  // Two lists of n and n − 1 agree on 1 in n: the residues of a number by n and n − 1 are independent.
  const expected = 1 - 1 / servers
  return {
    'without-eject': {
      text: `${dead} dies. A client without auto-eject keeps asking it: ${formatRatio(ketama.lost / keys)} of the keys (ketama) fail, each after the client’s timeout, until the list of servers is changed. No other key is affected.`,
      measured: ketama.lost / keys,
      expected: 1 / servers,
    },
    'with-eject': {
      text: `With auto-eject the client removes it from its list: ketama moves ${formatRatio(ketama.moved / keys)} of the keys, modulo ${formatRatio(modulo.moved / keys)} and jump ${formatRatio(jump.moved / keys)}. The first request of a moved key misses. A server that comes back after a network fault serves stale values: it has missed every write in between.`,
      measured: modulo.moved / keys,
    },
    jump:
      jump.moved > jump.lost &&
      'Jump numbers its servers: removing one from the middle renumbers all servers after it. Jump moves the fewest keys only when the last server is removed.',
    modulo: {
      text: `Modulo keeps a key only where hash mod ${servers} and hash mod ${servers - 1} name the same server: about ${formatNumber(expected, 'ratio')} move when the last server is removed.`,
      expected,
    },
  }
}
