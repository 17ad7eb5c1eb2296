import { type EvictionPolicy, type PolicyName, policies } from '../../eviction/index.js'
import { type ByteHash, hashFunctions } from '../../hashing/index.js'
import { keyPositions, numberedKeys, type Progress } from '../../keys/index.js'
import { breathe } from '../../parallel/breathe.js'
import {
  createPlacement,
  freshNames,
  keyHash,
  type Placement,
  type PlacementName,
} from '../../placement/index.js'
import { type Findings, reportOf } from '../../report/build.js'
import { countOf, formatCount, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { ratio } from '../../stats/summary.js'
import type { Trace } from '../../trace/trace.js'
import { comparedBars } from '../bars.js'
import { ownersOf } from '../ring/counting.js'
import { noteReadsOnly, type RequestSource, requestsFrom } from './requests.js'
import { simulate } from './simulate.js'

export interface DistributedOptions {
  readonly policies: readonly PolicyName[]
  readonly source: RequestSource
  /** Requests that are not counted. */
  readonly warmup: number
  readonly placement: PlacementName
  readonly nodes: readonly string[]
  /** Total capacity in keys; each node gets an equal part, rounded up. */
  readonly capacity: number
  readonly seed: number
  readonly rate: number
}

/** Points of the figure. */
const PLOT_POINTS = 48

/** Results of one policy. */
interface PolicyRun {
  readonly policy: PolicyName
  /** Hit ratios of the first half of the requests; null where there is none. */
  readonly oneCache: number | null
  readonly nodes: number | null
  readonly perNode: readonly { readonly requests: number; readonly hits: number }[]
  /** Hit ratio of the second half with the new node, and of the same requests without it. */
  readonly joined: number
  readonly unjoined: number
  /** By request since the new node joined: hits without it − hits with it. */
  readonly debt: Int32Array
}

/** The same policies behind a placement: one cache against several nodes that share its capacity, and a node that joins. */
export async function distributedEviction(options: DistributedOptions, progress?: Progress): Promise<Report> {
  return report(options, await measure(options, progress))
}

async function measure(options: DistributedOptions, progress?: Progress) {
  const { nodes, capacity, source } = options
  const { all, keyCount, parameters, history } = await requestsFrom(options, progress)
  if ('trace' in source && history) noteReadsOnly(source.trace, history)
  const [joining] = freshNames(nodes, 1)
  const hash = hashFunctions.md5
  const setup = { vnodes: 150, hash, seed: undefined, keys: keyCount, loadFactor: 1.25 }
  const placement = createPlacement(options.placement, nodes, setup)
  const hashed = keyHash(options.placement, hash, [nodes.length, nodes.length + 1])
  const positions =
    'trace' in source
      ? positionsIn(source.trace, hashed.hash)
      : (await keyPositions(numberedKeys(keyCount), [hashed.hash]))[0]
  const before = await nodeIndices(placement, nodes, positions)
  placement.add(joining)
  const after = await nodeIndices(placement, [...nodes, joining], positions)
  const share = Math.ceil(capacity / nodes.length)
  const outcomes: PolicyRun[] = []
  for (const policy of options.policies) {
    outcomes.push(await run(policy, options, all, { before, after }, keyCount, share))
    progress?.(outcomes.length, options.policies.length)
  }
  const moved = before.filter((node, key) => node !== after[key]).length
  return { outcomes, joining, share, before, moved: moved / keyCount, parameters }
}

/** The hashes of a trace's own keys, by their numbers. */
function positionsIn({ index }: Trace, hash: ByteHash): Uint32Array {
  const positions = new Uint32Array(index.size)
  index.each((number, bytes, start, end) => {
    positions[number] = hash(bytes, start, end)
  })
  return positions
}

function report(options: DistributedOptions, measured: Awaited<ReturnType<typeof measure>>): Report {
  const { nodes, capacity, warmup, seed } = options
  const { outcomes, joining, share, before, moved, parameters } = measured
  const [shown] = outcomes
  const total = shown.perNode.reduce((sum, part) => sum + part.requests, 0)
  return reportOf('evict distributed', {
    title: `One cache of ${formatCount(capacity)} against ${formatCount(nodes.length)} of ${formatCount(share)}`,
    parameters: {
      placement: options.placement,
      policies: options.policies.join(', '),
      capacity,
      ...parameters,
      warmup: warmup > 0 ? warmup : null,
      seed,
      joining,
    },
    tables: {
      designs: {
        title: `Before ${joining} joins, and after`,
        columns: {
          policy: 'policy',
          oneCache: ['one cache', 'ratio'],
          nodes: [countOf(nodes.length, 'node'), 'ratio'],
          extraMisses: ['extra misses', 'count'],
          dip: ['requests until the worst', 'count'],
          recovery: ['requests until recovered', 'count'],
          joined: ['hit ratio after', 'ratio'],
          unjoined: ['without it', 'ratio'],
        },
        rows: outcomes.map(({ perNode, debt, ...ratios }) => ({ ...ratios, ...repayment(debt) })),
      },
      nodes: {
        title: `Load of each node (${shown.policy}, before ${joining} joins)`,
        columns: {
          node: 'node',
          keys: ['keys', 'count'],
          requests: ['requests', 'count', 'bar'],
          load: ['load', 'ratio'],
          hitRatio: ['hit ratio', 'ratio'],
        },
        rows: nodes.map((node, i) => {
          const { requests: received, hits } = shown.perNode[i]
          const held = before.filter((owner) => owner === i).length
          return {
            node,
            keys: held,
            requests: received,
            load: ratio(received, total),
            hitRatio: ratio(hits, received),
          }
        }),
      },
    },
    figures: [
      {
        kind: 'curves',
        title: `Extra misses since ${joining} joined`,
        x: { label: 'requests since', unit: 'count' },
        y: { label: 'extra misses', unit: 'count' },
        series: outcomes.map(({ policy, debt }) => ({
          name: policy,
          points: samples(horizon(outcomes)).map((at) => [at, debt[at]] as const),
        })),
      },
      ...comparedBars({
        title: `Load of each node before ${joining} joins`,
        value: { label: 'share of the requests', unit: 'ratio' },
        categories: nodes,
        series: [{ name: '', values: shown.perNode.map(({ requests: received }) => ratio(received, total)) }],
        rules: [{ at: 1 / nodes.length, text: 'a fair share' }],
      }),
    ],
    findings: findings(outcomes, moved, joining, nodes),
  })
}

/** For each key the index of its node in a list of names. */
export async function nodeIndices(
  placement: Placement,
  names: readonly string[],
  positions: Uint32Array,
): Promise<Uint32Array> {
  const index = Uint32Array.from(placement.nodes, (name) => names.indexOf(name))
  return (await ownersOf(placement, positions)).map((owner) => index[owner])
}

async function run(
  policy: PolicyName,
  { capacity, nodes, warmup, rate, seed }: DistributedOptions,
  all: Uint32Array,
  owners: { before: Uint32Array; after: Uint32Array },
  keyCount: number,
  share: number,
): Promise<PolicyRun> {
  const create = (size: number): EvictionPolicy =>
    policies[policy].create({ capacity: size, keyCount, seed, rate, requests: all })
  const middle = warmup + Math.floor((all.length - warmup) / 2)
  const firstHalf = all.subarray(warmup, middle)
  const single = create(capacity)
  simulate(single, all.subarray(0, warmup))
  const oneCache = ratio(simulate(single, firstHalf), firstHalf.length)
  const grown = Array.from({ length: nodes.length + 1 }, () => create(share))
  const unchanged = nodes.map(() => create(share))
  const perNode = nodes.map(() => ({ requests: 0, hits: 0 }))
  for (let i = 0; i < middle; i++) {
    const node = owners.before[all[i]]
    unchanged[node].access(all[i])
    const hit = grown[node].access(all[i])
    if (i < warmup) continue
    perNode[node].requests++
    if (hit) perNode[node].hits++
  }
  await breathe()
  const debt = new Int32Array(all.length - middle)
  let joined = 0
  let unjoined = 0
  for (let i = middle; i < all.length; i++) {
    if (grown[owners.after[all[i]]].access(all[i])) joined++
    if (unchanged[owners.before[all[i]]].access(all[i])) unjoined++
    debt[i - middle] = unjoined - joined
  }
  await breathe()
  return {
    policy,
    oneCache,
    nodes: ratio(
      perNode.reduce((sum, node) => sum + node.hits, 0),
      firstHalf.length,
    ),
    perNode,
    joined: joined / debt.length,
    unjoined: unjoined / debt.length,
    debt,
  }
}

/** The most extra misses, when they peak, and when the additional hits of the new node have offset them. */
function repayment(debt: Int32Array): { extraMisses: number; dip: number; recovery: number | null } {
  let deepest = 0
  for (let i = 1; i < debt.length; i++) if (debt[i] > debt[deepest]) deepest = i
  const paid = debt.findIndex((amount, i) => i > deepest && amount <= 0)
  return {
    extraMisses: Math.max(0, debt[deepest]),
    dip: debt[deepest] > 0 ? deepest + 1 : 0,
    recovery: paid < 0 ? null : paid + 1,
  }
}

/** End of the figure: somewhat after the last recovery, or the last request. */
function horizon(outcomes: readonly PolicyRun[]): number {
  const most = Math.min(...outcomes.map(({ debt }) => debt.length)) - 1
  const repaid = outcomes.map((outcome) => repayment(outcome.debt).recovery ?? most)
  return Math.min(most, Math.max(PLOT_POINTS, Math.round(1.5 * Math.max(...repaid))))
}

function samples(last: number): number[] {
  return [
    ...new Set(Array.from({ length: PLOT_POINTS }, (_, i) => Math.round((i / (PLOT_POINTS - 1)) * last))),
  ]
}

function findings(
  outcomes: readonly PolicyRun[],
  moved: number,
  joining: string,
  names: readonly string[],
): Findings {
  const [first] = outcomes
  const { length: nodes } = names
  const { extraMisses, dip, recovery } = repayment(first.debt)
  return {
    split:
      first.nodes === null || first.oneCache === null
        ? `Splitting: no request came before ${joining} joined.`
        : {
            text: `Splitting: ${first.policy} hits ${formatRatio(first.nodes, 1)} on ${countOf(nodes, 'node')} and ${formatRatio(first.oneCache, 1)} in one cache of the same size.${nodes > 1 ? ` ${loads(first, names)}` : ''}`,
            measured: first.nodes,
            expected: first.oneCache,
          },
    join: {
      text: `When ${joining} joins, ${formatRatio(moved, 1)} of the keys change their node (at least 1 ÷ ${nodes + 1} on average). With ${first.policy} this causes ${
        extraMisses === 0
          ? 'no extra misses.'
          : `${countOf(extraMisses, 'extra miss', 'extra misses')} within ${countOf(dip, 'request')}; ${
              recovery === null
                ? 'its additional hits do not offset them within the simulated requests.'
                : `after ${countOf(recovery, 'request')} its additional hits have offset them.`
            }`
      }`,
      measured: moved,
      expected: 1 / (nodes + 1),
    },
  }
}

/** The nodes that get most and fewest of the requests, with what that does to their hit ratios. */
function loads({ perNode }: PolicyRun, names: readonly string[]): string {
  const total = perNode.reduce((sum, { requests }) => sum + requests, 0)
  const sorted = perNode
    .map(({ requests, hits }, i) => ({ name: names[i], requests, hits }))
    .sort((a, b) => b.requests - a.requests)
  const [most, least] = [sorted[0], sorted[sorted.length - 1]]
  const part = ({ name, requests, hits }: (typeof sorted)[number]) =>
    `${name} with ${formatRatio(requests / total, 1)} of the requests, ${requests > 0 ? formatRatio(hits / requests, 1) : 'none'} of which hit`
  return `The most loaded node is ${part(most)}; the least loaded is ${part(least)}.`
}
