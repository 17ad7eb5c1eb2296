import type { Cluster } from '../../cache-cluster/cluster.js'
import type { Progress } from '../../keys/index.js'
import { type Columns, reportOf } from '../../report/build.js'
import { countOf } from '../../report/format.js'
import type { BarFigure, Report } from '../../report/report.js'
import { mean, percentile } from '../../stats/summary.js'
import { comparedBars } from '../bars.js'
import { type CopyRow, type Phase, phasesFindings } from './phase-findings.js'
import { priceColumns, pricesOf } from './prices.js'
import { readAll } from './requests.js'
import { build, type PhasesOptions, parametersOf, placeOnOf, positionsOf } from './setup.js'

/**
 * The lesson's exercise: every key is written to the next distinct nodes clockwise, nodes are killed, every key is read
 * again. Nothing is repaired, so only the copies keep keys readable. O(keys × nodes).
 */
export async function replication(options: PhasesOptions, progress?: Progress): Promise<Report> {
  const positions = await positionsOf(options)
  const placeOn = placeOnOf(options)
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
  const factors = options.nodes.map((_, i) => i + 1)
  const prices = await pricesOf(options, positions, factors, progress, placeOn)
  return reportOf('replicate', {
    title: `${countOf(options.keys, 'key')}, ${copiesText(options.replicas)} of each, on ${options.nodes.length} ${options.nodes.length === 1 ? 'node' : 'nodes'}`,
    parameters: parametersOf(options),
    tables: {
      copies: { title: 'Copies on each node after the writes', columns: copyColumns, rows: copies },
      availability: {
        title: 'Reads of all keys',
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
      latency: {
        title: 'Latency of the reads',
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
      writes: { title: 'Cost of each further copy', columns: priceColumns, rows: prices },
    },
    figures: figuresOf(options, copies, phases),
    findings: phasesFindings(options, cluster, copies, phases, prices),
  })
}

/** Where the copies are, and what becomes of reads as nodes die. */
function figuresOf(
  { nodes, keys }: PhasesOptions,
  copies: readonly CopyRow[],
  phases: readonly Phase[],
): BarFigure[] {
  const stored = copies.reduce((sum, { total }) => sum + total, 0)
  const categories = phases.map(({ name }) => name)
  return [
    ...comparedBars({
      title: 'Copies on each node',
      value: { label: 'copies', unit: 'count' },
      categories: [...nodes],
      series: [{ name: 'copies', values: copies.map(({ total }) => total) }],
      rules: [{ at: stored / nodes.length, text: 'on average' }],
    }),
    ...comparedBars({
      title: 'Who answers the reads of all keys',
      value: { label: 'keys', unit: 'count' },
      categories,
      series: [
        { name: 'the primary', values: phases.map(({ reading }) => reading.byPrimary) },
        { name: 'a replica', values: phases.map(({ reading }) => reading.byReplica) },
        { name: 'nobody: lost', values: phases.map(({ reading }) => reading.lost) },
      ],
    }),
    ...comparedBars({
      title: 'Hops of a read, on average',
      value: { label: 'hops', unit: 'mean' },
      categories,
      series: [{ name: 'hops', values: phases.map(({ reading }) => reading.hops / keys) }],
    }),
  ]
}

/** How many keys each node holds, as their first owner and as another. */
function copiesOf({ membership, nodes, clock }: Cluster, { nodes: names, keys }: PhasesOptions): CopyRow[] {
  return names.map((name, node) => {
    let primary = 0
    let total = 0
    for (let key = 0; key < keys; key++) {
      if (nodes[node].store.version(key, clock.now) === 0) continue
      total++
      if (membership.owner(key, 0) === node) primary++
    }
    return { node: name, primary, replica: total - primary, total }
  })
}

const copyColumns: Columns = {
  node: 'node',
  primary: ['as primary', 'count'],
  replica: ['as replica', 'count'],
  total: ['copies', 'count', 'bar'],
}

const availabilityColumns: Columns = {
  phase: 'phase',
  keys: ['keys', 'count'],
  readable: ['readable', 'count'],
  lost: ['lost', 'count'],
  primaryReads: ['from primary', 'count'],
  replicaReads: ['from replica', 'count'],
}

const latencyColumns: Columns = {
  phase: 'phase',
  reads: ['reads', 'count', 'detail'],
  meanHops: ['hops, mean', 'mean'],
  mean: ['mean', 'ms'],
  p50: ['p50', 'ms'],
  p99: ['p99', 'ms'],
}

function copiesText(replicas: number): string {
  return replicas === 1 ? 'one copy' : `${replicas} copies`
}
