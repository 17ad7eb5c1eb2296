import type { Progress } from '../../keys/index.js'
import { divide } from '../../parallel/division.js'
import { Pool } from '../../parallel/pool.js'
import { sharedCopy } from '../../parallel/shared.js'
import { type Findings, reportOf } from '../../report/build.js'
import { countOf, formatFactor, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { tasks } from '../tasks.js'
import type { Loss } from './losses.js'
import { pricesOf } from './prices.js'
import { placementParameters, positionsOf, type ReplicationSetup } from './setup.js'

export interface LossOptions extends ReplicationSetup {
  /** Replication factors to try. */
  readonly factors: readonly number[]
  /** Most choices of dead nodes to try; fewer choices are all tried. */
  readonly samples: number
}

/**
 * Share of keys lost for every replication factor and number of dead nodes, over all choices of dead nodes or a
 * random sample of them. A key is lost when all its owners are dead. O(factors × nodes × choices × distinct sets of owners).
 */
export async function replicationLoss(options: LossOptions, progress?: Progress): Promise<Report> {
  const positions = sharedCopy(await positionsOf(options))
  const nodes = options.nodes.length
  const losses = await measure(options, positions, progress)
  const prices = await pricesOf(options, positions, options.factors, progress)
  return reportOf('replicate sweep', {
    title: `Keys lost when nodes die, ${countOf(options.keys, 'key')} on ${countOf(nodes, 'node')}`,
    parameters: {
      nodes,
      keys: options.keys,
      ...placementParameters(options),
      seed: options.seed ?? null,
      samples: options.samples,
    },
    tables: {
      loss: {
        title: 'Share of keys lost',
        columns: {
          replicas: ['copies', 'count'],
          killed: ['dead nodes', 'count'],
          lost: ['lost', 'ratio', 'bar'],
          expected: ['expected', 'ratio'],
          worst: ['worst choice', 'ratio'],
          choices: ['choices', 'count', 'detail'],
        },
        rows: losses.map(({ isComplete: _, ...row }) => row),
      },
      price: {
        title: 'Cost of copies',
        columns: {
          replicas: ['copies', 'count'],
          amplification: ['write amplification', 'factor'],
          messages: ['messages a write', 'mean'],
          memory: ['keys in memory', 'count'],
        },
        rows: prices.map(({ replicas, amplification, messages, writes }) => ({
          replicas,
          amplification,
          messages: messages / writes,
          memory: replicas * options.keys,
        })),
      },
    },
    figures: [
      {
        kind: 'curves',
        title: 'Keys lost, on average over the choices of dead nodes',
        shownElsewhere: true,
        x: { label: 'dead nodes', unit: 'count' },
        y: { label: 'share of the keys', unit: 'ratio' },
        series: options.factors.map((factor) => ({
          name: countOf(factor, 'copy', 'copies'),
          points: losses
            .filter(({ replicas }) => replicas === factor)
            .map(({ killed, lost }) => [killed, lost] as const),
        })),
      },
    ],
    findings: lossFindings(options, losses),
  })
}

/** Numbers of dead nodes in one task. */
const KILLED_AT_ONCE = 8

/** The losses by replication factor and number of dead nodes, both ascending. */
async function measure(options: LossOptions, positions: Uint32Array, progress?: Progress): Promise<Loss[]> {
  const { factors, samples, ...setup } = options
  const nodes = setup.nodes.length
  const inputs = factors.flatMap((replicas) =>
    Array.from({ length: Math.ceil(nodes / KILLED_AT_ONCE) }, (_, i) => {
      const first = i * KILLED_AT_ONCE
      return { setup, samples, replicas, first, count: Math.min(KILLED_AT_ONCE, nodes - first) }
    }),
  )
  const pool = new Pool(tasks)
  const done = await divide<(typeof inputs)[number], Loss[]>({
    name: 'losses',
    inputs,
    cost: ({ count }) => count,
    progress,
    run: (some, done) => pool.map('lossesOf', some, done, (input) => ({ ...input, positions })),
  }).finally(() => pool.close())
  return done.flatMap(({ result }) => result)
}

/** What the losses say: whether R copies survive R − 1 dead nodes, and whether the formula counts the rest. */
export function lossFindings(
  options: Pick<LossOptions, 'nodes' | 'placement' | 'vnodes'>,
  losses: readonly Loss[],
): Findings {
  const exact = losses.filter(({ isComplete }) => isComplete)
  const off = exact.reduce((most, { lost, expected }) => Math.max(most, Math.abs(lost - expected)), 0)
  const { length: nodes } = options.nodes
  const candidates = losses.filter(({ replicas, killed, expected }) => killed >= replicas && expected < 1)
  const far = candidates.reduce<Loss | undefined>(
    (best, loss) => (!best || loss.worst / loss.expected > best.worst / best.expected ? loss : best),
    undefined,
  )
  const safe = losses.filter(({ replicas, killed }) => killed < replicas)
  return {
    safe: {
      text: `R copies survive the loss of any R − 1 nodes: ${countOf(safe.length, 'case')}, ${safe.every(({ worst }) => worst === 0) ? 'no key lost' : 'but keys were lost'}.`,
      measured: Math.max(0, ...safe.map(({ worst }) => worst)),
      expected: 0,
      ok: safe.every(({ worst }) => worst === 0),
    },
    formula: exact.length > 0 && {
      text: `The mean loss over all choices of k dead nodes is C(k, R) ÷ C(N, R) for any ring: each set of R owners is among the dead equally often. ${off < 1e-9 ? 'No mean here differs from it.' : `Largest difference ${off < 1e-6 ? 'less than 0.0001%' : formatRatio(off, 4)}.`}`,
      measured: off,
      expected: 0,
      ok: off < 1e-9,
    },
    worst: far && {
      text: `The loss depends on which nodes die: with ${countOf(far.replicas, 'copy', 'copies')} and ${far.killed} of ${countOf(nodes, 'node')} dead the worst choice loses ${formatRatio(far.worst)}, ${formatFactor(far.worst / far.expected)} the average.${options.placement === 'ring' ? ` Neighbours on the ring hold each other's copies; ${options.vnodes < 20 ? 'few virtual nodes make few pairs of neighbours, and each pair shares many keys' : 'many virtual nodes make every pair of nodes neighbours somewhere, so all pairs share about equally many keys'}.` : ''}`,
      measured: far.worst,
      expected: far.expected,
    },
  }
}
