import type { Cluster } from '../../cache-cluster/cluster.js'
import { countOf, formatCount, formatFactor, formatNumber, formatRatio } from '../../report/format.js'
import type { Finding } from '../../report/index.js'
import type { PriceRow } from './prices.js'
import type { Reading } from './requests.js'
import type { PhasesOptions } from './setup.js'

/** Reads of all keys with a given number of dead nodes. */
export interface Phase {
  readonly name: string
  readonly dead: readonly number[]
  readonly reading: Reading
}

/** How many keys a node holds, as their first owner and as another. */
export type CopyRow = {
  readonly node: string
  readonly primary: number
  readonly replica: number
  readonly total: number
}

/** Findings on the phases: measured beside what the ring predicts. */
export function phasesFindings(
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
            text: `Copies: ${formatCount(written)} are stored, ${countOf(keys, 'key')} × ${replicas}: ${formatCount(written / nodes.length)} a node on average.`,
            measured: written,
            expected: keys * replicas,
            ok: written === keys * replicas,
          },
        ]
      : [
          {
            id: 'copies',
            text: `Copies: ${formatCount(written)} of ${formatCount(keys * replicas)} are stored. The nodes are full, and ${options.policy} evicted the others.`,
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
            text: 'No key is left: every node is dead, and the cache exists only in their memory.',
          },
        ]
      : []),
    {
      id: 'amplification',
      text: `Price: every write is stored ${formatFactor(price.amplification)}, and takes ${countOf(price.messages / price.writes, 'message')}; memory for the same keys grows by the same factor.`,
      measured: price.amplification,
      expected: replicas,
      ok: price.amplification === replicas,
    },
  ]
}

/** A phase's reads beside what the ring predicts. */
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
    const text = `${name}: ${countOf(reading.lost, 'key')} can't be read; some were evicted before.`
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
        : `${name}: ${countOf(reading.lost, 'key')} ${reading.lost === 1 ? 'is' : 'are'} lost, exactly those of which ${cause}.${replicas}`,
    measured: reading.lost,
    expected: lost,
    ok: reading.lost === lost && (needed > 1 || reading.byReplica === fromReplicas),
  }
  if (needed > 1) return [expectation]
  return [
    expectation,
    {
      id: 'hops',
      text: `${name}: a read takes ${formatNumber(reading.hops / keys, 'mean')} hops on average. A live primary answers after one hop. A dead primary refuses and the client asks the next owner: a second hop for ${formatRatio(fromReplicas / keys, 1)} of the keys.`,
      measured: reading.hops / keys,
      expected: hops / keys,
      ok: reading.hops === hops,
    },
  ]
}
