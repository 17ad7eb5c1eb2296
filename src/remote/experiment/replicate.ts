import { CacheClient } from '../../cache-cluster/client.js'
import { Membership } from '../../cache-cluster/membership.js'
import { Versions } from '../../cache-cluster/versions.js'
import { replication } from '../../experiment/replication/phases.js'
import {
  type PhasesOptions,
  parametersOf,
  placeOnOf,
  positionsOf,
} from '../../experiment/replication/setup.js'
import type { Progress } from '../../keys/index.js'
import { type Columns, type FindingDraft, reportOf } from '../../report/build.js'
import { countOf, formatCount, formatNumber } from '../../report/format.js'
import type { Cell, Report } from '../../report/index.js'
import { promised } from '../../simulation/task.js'
import { mean, percentile } from '../../stats/summary.js'
import { realClock } from '../clock.js'
import { countOn, forAll, type RealNodes } from './parallel.js'
import { refusalFindings } from './refusals.js'

/** All keys read once from real nodes. */
interface Phase {
  readonly phase: string
  readonly readable: number
  readonly byPrimary: number
  readonly hops: number
  /** Milliseconds, ascending. */
  readonly latencies: Float64Array
}

type Row = Readonly<Record<string, Cell>>

/**
 * The experiment of `replicate` with real nodes and the same client, beside the simulation. Killing a node closes the
 * connection to its server; the server goes on. O(nodes × keys) requests.
 */
export async function remoteReplication(
  options: PhasesOptions,
  servers: readonly string[],
  session: RealNodes,
  progress?: Progress,
): Promise<Report> {
  const simulated = await replication(options)
  return report(options, servers, session, simulated, await measure(options, session, progress))
}

async function measure(options: PhasesOptions, session: RealNodes, progress?: Progress) {
  const { nodes, keys, kills } = options
  const positions = await positionsOf(options)
  const members = nodes.map((_, i) => i)
  const membership = new Membership(nodes, members, positions, options.replicas, placeOnOf(options))
  const client = new CacheClient(realClock, session, membership, new Versions(), options)
  const total = keys * (nodes.length + kills.length + 2)
  let done = 0
  const step = () => progress?.(++done, total)
  session.passOn(membership, options.lag)
  let acknowledged = 0
  await forAll(keys, async (key) => {
    if ((await promised(client.set(key))).ok) acknowledged++
    step()
  })
  await session.settle()
  const copies = await countOn(session, nodes.length, keys, (counted) => progress?.(keys + counted, total))
  done += keys * nodes.length
  const phases = [await readAll('all nodes up', client, membership, keys, step)]
  for (const name of kills) {
    session.cut(nodes.indexOf(name))
    phases.push(await readAll(`${name} killed`, client, membership, keys, step))
  }
  return { acknowledged, copies, phases }
}

function report(
  options: PhasesOptions,
  servers: readonly string[],
  session: RealNodes,
  simulated: Report,
  { acknowledged, copies, phases }: Awaited<ReturnType<typeof measure>>,
): Report {
  const { nodes, keys } = options
  const [copyRows, phaseRows, latencyRows] = ['copies', 'availability', 'latency'].map(
    (name) => simulated.tables.find((table) => table.name === name)!.rows,
  )
  const found = sum(copies)
  const written = sum(copyRows.map(({ total }) => Number(total)))
  return reportOf('replicate', {
    title: `${simulated.title}, simulated and real`,
    parameters: parametersOf(options),
    tables: {
      availability: {
        title: 'All keys read again: the simulation beside the servers',
        columns: phaseColumns,
        rows: phases.map((phase, i) => phaseRow(phase, phaseRows[i], latencyRows[i], keys)),
      },
      copies: {
        title: 'Copies in the simulation and on the servers',
        columns: copyColumns,
        rows: nodes.map((node, i) => ({
          node,
          server: servers[i],
          copies: copyRows[i].total,
          found: copies[i],
        })),
      },
    },
    findings: {
      equal: agreement(phases, phaseRows, latencyRows, keys),
      copies: {
        text: `Copies: ${formatCount(found)} on the servers, ${formatCount(written)} in the simulation.`,
        measured: found,
        expected: written,
        ok: copies.every((count, i) => count === copyRows[i].total),
      },
      acknowledged: {
        text: `Acknowledged: ${formatCount(acknowledged)} of ${countOf(keys, 'write')}. A read takes ${formatNumber(mean(phases[0].latencies), 'ms')} on average here, on the wall clock; the simulation assumes --hop ${options.hop}ms.`,
        measured: acknowledged,
        expected: keys,
        ok: acknowledged === keys,
      },
      ...refusalFindings(session, nodes),
    },
  })
}

const phaseColumns: Columns = {
  phase: 'phase',
  readable: ['readable, simulated', 'count'],
  readableReal: ['real', 'count'],
  primaryReads: ['from primary, simulated', 'count'],
  primaryReadsReal: ['real', 'count'],
  hops: ['hops, simulated', 'mean'],
  hopsReal: ['real', 'mean'],
  latency: ['mean, simulated', 'ms', 'detail'],
  latencyReal: ['mean', 'ms'],
  p99Real: ['p99', 'ms', 'detail'],
}

const copyColumns: Columns = {
  node: 'node',
  server: 'server',
  copies: ['simulated', 'count'],
  found: ['found there', 'count', 'bar'],
}

const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0)

/** Reads every key once, one after the other, as a program would. */
async function readAll(
  phase: string,
  client: CacheClient,
  membership: Membership,
  keys: number,
  step: () => void,
): Promise<Phase> {
  const latencies = new Float64Array(keys)
  let readable = 0
  let byPrimary = 0
  let hops = 0
  for (let key = 0; key < keys; key++) {
    const began = realClock.now
    const result = await promised(client.get(key))
    latencies[key] = realClock.now - began
    hops += result.hops
    if (result.entry) readable++
    if (result.entry && result.node === membership.owner(key, 0)) byPrimary++
    step()
  }
  return { phase, readable, byPrimary, hops: hops / keys, latencies: latencies.sort() }
}

function phaseRow(phase: Phase, simulated: Row, latency: Row, keys: number): Row {
  return {
    phase: phase.phase,
    keys,
    readable: simulated.readable,
    readableReal: phase.readable,
    primaryReads: simulated.primaryReads,
    primaryReadsReal: phase.byPrimary,
    hops: latency.meanHops,
    hopsReal: phase.hops,
    latency: latency.mean,
    latencyReal: mean(phase.latencies),
    p99Real: percentile(phase.latencies, 0.99),
  }
}

function agreement(
  phases: readonly Phase[],
  rows: readonly Row[],
  latencies: readonly Row[],
  keys: number,
): FindingDraft {
  const ok = phases.every(
    ({ readable, byPrimary, hops }, i) =>
      readable === rows[i].readable &&
      byPrimary === rows[i].primaryReads &&
      Math.abs(hops - Number(latencies[i].meanHops)) < 0.5 / keys,
  )
  return {
    text: ok
      ? 'Simulation and reality agree: the same keys are readable, from the same owners, with the same number of hops.'
      : 'Simulation and reality differ: see the table.',
    measured: phases[phases.length - 1].readable,
    expected: Number(rows[rows.length - 1].readable),
    ok,
  }
}
