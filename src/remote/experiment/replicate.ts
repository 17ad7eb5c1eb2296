import { CacheClient } from '../../cache-cluster/client.js'
import { Membership } from '../../cache-cluster/membership.js'
import { Versions } from '../../cache-cluster/versions.js'
import { replication } from '../../experiment/replication/phases.js'
import { percentile } from '../../experiment/replication/requests.js'
import type { PhasesOptions } from '../../experiment/replication/setup.js'
import { parametersOf, positionsOf, ringOf } from '../../experiment/replication/setup.js'
import type { Progress } from '../../keys/index.js'
import { formatCount, formatNumber } from '../../report/format.js'
import type { Cell, Finding, Report } from '../../report/index.js'
import { promised } from '../../simulation/task.js'
import type { Clock } from '../../simulation/transport.js'
import { mean } from '../../stats/summary.js'
import { countOn, forAll, type RealNodes } from './parallel.js'
import { refusalFindings } from './refusals.js'

/** Reading all keys once, with real nodes. */
interface Measured {
  readonly phase: string
  readonly readable: number
  readonly byPrimary: number
  readonly hops: number
  /** Milliseconds, ascending. */
  readonly latencies: Float64Array
}

type Row = Readonly<Record<string, Cell>>

/**
 * The experiment of `replicate` with real nodes and the same client, beside the simulation. A node that is killed is one
 * whose connection is closed: the server goes on. O(nodes × keys) requests.
 */
export async function remoteReplication(
  options: PhasesOptions,
  servers: readonly string[],
  session: RealNodes,
  clock: Clock,
  progress?: Progress,
): Promise<Report> {
  const { nodes, keys, kills } = options
  const simulated = await replication(options)
  const positions = await positionsOf(options)
  const members = nodes.map((_, i) => i)
  const membership = new Membership(nodes, members, positions, options.replicas, ringOf(options))
  const client = new CacheClient(clock, session, membership, new Versions(), options)
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
  const copies = await countOn(session, nodes.length, keys, step)
  const phases = [await readAll('all nodes up', client, membership, keys, clock, step)]
  for (const name of kills) {
    session.cut(nodes.indexOf(name))
    phases.push(await readAll(`${name} killed`, client, membership, keys, clock, step))
  }
  const [copyRows, phaseRows, latencyRows] = ['copies', 'availability', 'latency'].map(
    (name) => simulated.tables.find((table) => table.name === name)!.rows,
  )
  const found = sum(copies)
  const written = sum(copyRows.map(({ total }) => Number(total)))
  return {
    schema: 'cachelab/report@1',
    command: 'replicate',
    title: `${simulated.title}, simulated and real`,
    parameters: parametersOf(options),
    tables: [
      {
        name: 'availability',
        title: 'All keys read again: the simulation beside the servers',
        columns: [
          { key: 'phase', label: 'phase' },
          { key: 'readable', label: 'readable, simulated', unit: 'count' },
          { key: 'readableReal', label: 'real', unit: 'count' },
          { key: 'primaryReads', label: 'from primary, simulated', unit: 'count' },
          { key: 'primaryReadsReal', label: 'real', unit: 'count' },
          { key: 'hops', label: 'hops, simulated', unit: 'mean' },
          { key: 'hopsReal', label: 'real', unit: 'mean' },
          { key: 'latency', label: 'mean, simulated', unit: 'ms', detail: true },
          { key: 'latencyReal', label: 'mean', unit: 'ms' },
          { key: 'p99Real', label: 'p99', unit: 'ms', detail: true },
        ],
        rows: phases.map((phase, i) => phaseRow(phase, phaseRows[i], latencyRows[i], keys)),
      },
      {
        name: 'copies',
        title: 'Copies as written, and as the servers say',
        columns: [
          { key: 'node', label: 'node' },
          { key: 'server', label: 'server' },
          { key: 'copies', label: 'simulated', unit: 'count' },
          { key: 'found', label: 'found there', unit: 'count', bar: true },
        ],
        rows: nodes.map((node, i) => ({
          node,
          server: servers[i],
          copies: copyRows[i].total,
          found: copies[i],
        })),
      },
    ],
    findings: [
      agreement(phases, phaseRows, latencyRows, keys),
      {
        id: 'copies',
        text: `Copies: ${formatCount(found)} on the servers, ${formatCount(written)} in the simulation.`,
        measured: found,
        expected: written,
        ok: copies.every((count, i) => count === copyRows[i].total),
      },
      {
        id: 'acknowledged',
        text: `${formatCount(acknowledged)} of ${formatCount(keys)} writes were acknowledged. A read takes ${formatNumber(mean(phases[0].latencies), 'ms')} on average here, on the wall clock; the simulation assumes --hop ${options.hop}ms.`,
        measured: acknowledged,
        expected: keys,
        ok: acknowledged === keys,
      },
      ...refusalFindings(session, nodes),
    ],
  }
}

const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0)

/** Reads every key once, one after the other, as a program would. */
async function readAll(
  phase: string,
  client: CacheClient,
  membership: Membership,
  keys: number,
  clock: Clock,
  step: () => void,
): Promise<Measured> {
  const latencies = new Float64Array(keys)
  let readable = 0
  let byPrimary = 0
  let hops = 0
  for (let key = 0; key < keys; key++) {
    const began = clock.now
    const result = await promised(client.get(key))
    latencies[key] = clock.now - began
    hops += result.hops
    if (result.entry) readable++
    if (result.entry && result.node === membership.owner(key, 0)) byPrimary++
    step()
  }
  return { phase, readable, byPrimary, hops: hops / keys, latencies: latencies.sort() }
}

function phaseRow(phase: Measured, simulated: Row, latency: Row, keys: number): Row {
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
  phases: readonly Measured[],
  rows: readonly Row[],
  latencies: readonly Row[],
  keys: number,
): Finding {
  const ok = phases.every(
    ({ readable, byPrimary, hops }, i) =>
      readable === rows[i].readable &&
      byPrimary === rows[i].primaryReads &&
      Math.abs(hops - Number(latencies[i].meanHops)) < 0.5 / keys,
  )
  return {
    id: 'equal',
    text: ok
      ? 'Simulation and reality agree: the same keys are readable, from the same owners, with the same number of hops.'
      : 'Simulation and reality differ: see the table.',
    measured: phases[phases.length - 1].readable,
    expected: Number(rows[rows.length - 1].readable),
    ok,
  }
}
