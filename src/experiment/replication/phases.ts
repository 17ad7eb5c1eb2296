import type { Cluster } from '../../cluster/cluster.js'
import type { Progress } from '../../keys/index.js'
import { formatCount, formatFactor, formatNumber, formatRatio } from '../../report/format.js'
import type { Column, Finding, Report } from '../../report/index.js'
import { mean } from '../../stats/summary.js'
import { percentile, type Reading, readAll, writeAll } from './requests.js'
import { build, parametersOf, positionsOf, type ReplicationSetup, ringOf } from './setup.js'

export interface PhasesOptions extends ReplicationSetup {
  /** Nodes to kill, one after the other. */
  readonly kills: readonly string[]
}

/** Keys written for the price table, all replication factors together. */
const PRICE_PUTS = 300

/** Reads of all keys while so many nodes were dead. */
interface Phase {
  readonly name: string
  readonly dead: readonly number[]
  readonly reading: Reading
}

/**
 * The lesson's exercise: every key on the next distinct nodes clockwise, nodes killed, every key read again. No
 * repair, so that what is measured is what the copies alone are worth. O(keys × nodes).
 */
export async function replication(options: PhasesOptions, progress?: Progress): Promise<Report> {
  const positions = await positionsOf(options)
  const placeOn = ringOf(options)
  const cluster = build(options, positions, undefined, undefined, { placeOn })
  cluster.preload()
  const copies = copiesOf(cluster, options)
  const phases: Phase[] = [
    { name: 'all nodes up', dead: [], reading: await readAll(cluster, options.keys, progress) },
  ]
  for (const name of options.kills) {
    const node = options.nodes.indexOf(name)
    cluster.apply({ kind: 'kill', at: cluster.clock.now, node })
    const dead = [...phases[phases.length - 1].dead, node]
    phases.push({ name: `${name} killed`, dead, reading: await readAll(cluster, options.keys, progress) })
  }
  const prices = pricesOf(options, positions, placeOn)
  return {
    schema: 'cachelab/report@1',
    command: 'replicate',
    title: `${formatCount(options.keys)} keys, ${copiesText(options.replicas)} of each, on ${options.nodes.length} ${options.nodes.length === 1 ? 'node' : 'nodes'}`,
    parameters: parametersOf(options),
    tables: [
      { name: 'copies', title: 'Copies as written', columns: copyColumns, rows: copies },
      {
        name: 'availability',
        title: 'All keys read again',
        columns: availabilityColumns,
        rows: phases.map(({ name, reading }) => ({
          phase: name,
          keys: options.keys,
          readable: reading.readable,
          lost: reading.lost,
          primaryReads: reading.byPrimary,
          replicaReads: reading.byReplica,
        })),
      },
      {
        name: 'latency',
        title: 'How long the reads took',
        columns: latencyColumns,
        rows: phases.map(({ name, reading }) => ({
          phase: name,
          reads: options.keys,
          meanHops: reading.hops / options.keys,
          mean: mean(reading.latencies),
          p50: percentile(reading.latencies, 0.5),
          p99: percentile(reading.latencies, 0.99),
        })),
      },
      { name: 'writes', title: 'What each further copy costs', columns: priceColumns, rows: prices },
    ],
    findings: findings(options, cluster, copies, phases, prices),
  }
}

type CopyRow = {
  readonly node: string
  readonly primary: number
  readonly replica: number
  readonly total: number
}

/** How many keys each node holds, as their first owner and as another. */
function copiesOf({ membership, nodes, clock }: Cluster, { nodes: names, keys }: PhasesOptions): CopyRow[] {
  return names.map((name, node) => {
    let primary = 0
    let total = 0
    for (let key = 0; key < keys; key++) {
      if (!nodes[node].store.peek(key, clock.now)) continue
      total++
      if (membership.owner(key, 0) === node) primary++
    }
    return { node: name, primary, replica: total - primary, total }
  })
}

type PriceRow = {
  readonly replicas: number
  readonly writes: number
  readonly copies: number
  readonly messages: number
  readonly amplification: number
}

/** The same writes with every replication factor that the nodes allow. */
export function pricesOf(
  setup: ReplicationSetup,
  positions: Uint32Array,
  placeOn = ringOf(setup),
): PriceRow[] {
  const factors = setup.nodes.map((_, i) => i + 1)
  const puts = factors.reduce((sum, replicas) => sum + replicas, 0)
  const writes = Math.max(1, Math.min(setup.keys, Math.floor(PRICE_PUTS / puts)))
  return factors.map((replicas) => {
    const some = {
      ...setup,
      keys: writes,
      replicas,
      capacity: undefined,
      writeQuorum: Math.min(setup.writeQuorum, replicas),
    }
    const cluster = build(some, positions.subarray(0, writes), undefined, undefined, { placeOn })
    writeAll(cluster, writes)
    const copies = cluster.nodes.reduce((sum, node) => sum + node.store.count(cluster.clock.now), 0)
    return { replicas, writes, copies, messages: cluster.network.messages, amplification: copies / writes }
  })
}

const copyColumns: readonly Column[] = [
  { key: 'node', label: 'node' },
  { key: 'primary', label: 'as primary', unit: 'count' },
  { key: 'replica', label: 'as replica', unit: 'count' },
  { key: 'total', label: 'copies', unit: 'count', bar: true },
]

const availabilityColumns: readonly Column[] = [
  { key: 'phase', label: 'phase' },
  { key: 'keys', label: 'keys', unit: 'count' },
  { key: 'readable', label: 'readable', unit: 'count' },
  { key: 'lost', label: 'lost', unit: 'count' },
  { key: 'primaryReads', label: 'from primary', unit: 'count' },
  { key: 'replicaReads', label: 'from replica', unit: 'count' },
]

const latencyColumns: readonly Column[] = [
  { key: 'phase', label: 'phase' },
  { key: 'reads', label: 'reads', unit: 'count', detail: true },
  { key: 'meanHops', label: 'hops, mean', unit: 'mean' },
  { key: 'mean', label: 'mean', unit: 'ms' },
  { key: 'p50', label: 'p50', unit: 'ms' },
  { key: 'p99', label: 'p99', unit: 'ms' },
]

const priceColumns: readonly Column[] = [
  { key: 'replicas', label: 'copies of each key', unit: 'count' },
  { key: 'writes', label: 'writes', unit: 'count' },
  { key: 'copies', label: 'copies written', unit: 'count' },
  { key: 'messages', label: 'messages', unit: 'count' },
  { key: 'amplification', label: 'amplification', unit: 'factor' },
]

function copiesText(replicas: number): string {
  return replicas === 1 ? 'one copy' : `${replicas} copies`
}

function findings(
  options: PhasesOptions,
  cluster: Cluster,
  copies: readonly CopyRow[],
  phases: readonly Phase[],
  prices: readonly PriceRow[],
): Finding[] {
  const { keys, replicas, nodes } = options
  const written = copies.reduce((sum, row) => sum + row.total, 0)
  const price = prices[replicas - 1]
  return [
    ...(options.capacity === undefined
      ? [
          {
            id: 'copies',
            text: `Copies: ${formatCount(written)} are stored, ${formatCount(keys)} keys × ${replicas}.`,
            measured: written,
            expected: keys * replicas,
            ok: written === keys * replicas,
          },
        ]
      : [
          {
            id: 'copies',
            text: `Copies: ${formatCount(written)} of ${formatCount(keys * replicas)} are stored; the nodes hold no more, and ${options.policy} dropped the others.`,
            measured: written,
          },
        ]),
    ...phases
      .slice(1)
      .flatMap((phase) => phaseFindings(options, cluster, phase, written === keys * replicas)),
    ...(phases[phases.length - 1].dead.length === nodes.length
      ? [
          {
            id: 'nothing',
            text: 'Nothing is left: every node is dead, and a cache that only lives in memory dies with them.',
          },
        ]
      : []),
    {
      id: 'amplification',
      text: `Price: every write is stored ${formatFactor(price.amplification)}, and takes ${formatCount(price.messages / price.writes)} messages; memory for the same keys grows alike.`,
      measured: price.amplification,
      expected: replicas,
      ok: price.amplification === replicas,
    },
  ]
}

/** What the ring says of a phase, beside what was measured in it. */
function phaseFindings(
  options: PhasesOptions,
  { membership }: Cluster,
  phase: Phase,
  areAllStored: boolean,
): Finding[] {
  const { keys, mode } = options
  const { name, dead, reading } = phase
  const needed = mode === 'quorum' ? options.readQuorum : 1
  const down = new Set(dead)
  let lost = 0
  let fromReplicas = 0
  let hops = 0
  for (let key = 0; key < keys; key++) {
    const owners = membership.ownersOf(key)
    const first = owners.findIndex((node) => !down.has(node))
    if (owners.filter((node) => !down.has(node)).length < needed) lost++
    else if (first > 0) fromReplicas++
    hops += first < 0 ? owners.length : first + 1
  }
  if (!areAllStored) {
    const text = `${name}: ${formatCount(reading.lost)} keys can't be read; some were dropped before.`
    return [{ id: 'lost', text, measured: reading.lost }]
  }
  const cause = needed > 1 ? `fewer than ${needed} owners are alive` : 'every copy was on dead nodes'
  const replicas =
    needed > 1
      ? ''
      : ` ${formatCount(reading.byReplica)} are read from replicas${lost === 0 ? ', exactly those whose primary is dead' : ''}.`
  const expectation: Finding = {
    id: 'lost',
    text:
      lost === 0
        ? `${name}: no key is lost.${replicas}`
        : `${name}: ${formatCount(reading.lost)} keys are lost, exactly those of which ${cause}.${replicas}`,
    measured: reading.lost,
    expected: lost,
    ok: reading.lost === lost && (needed > 1 || reading.byReplica === fromReplicas),
  }
  if (needed > 1) return [expectation]
  return [
    expectation,
    {
      id: 'hops',
      text: `${name}: a read takes ${formatNumber(reading.hops / keys, 'mean')} hops on average. A live primary answers after one; a dead one refuses, and the next owner is asked: that is a second hop for ${formatRatio(fromReplicas / keys, 1)} of the keys.`,
      measured: reading.hops / keys,
      expected: hops / keys,
      ok: reading.hops === hops,
    },
  ]
}
