import type { Progress } from '../../keys/index.js'
import { breathe } from '../../parallel/breathe.js'
import { createRandom, type Random } from '../../random/random.js'
import { type Findings, reportOf } from '../../report/build.js'
import { countOf, formatFactor, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { pricesOf } from './prices.js'
import { placementParameters, placeOnOf, positionsOf, type ReplicationSetup } from './setup.js'

export interface LossOptions extends ReplicationSetup {
  /** Replication factors to try. */
  readonly factors: readonly number[]
  /** Most choices of dead nodes to try; fewer choices are all tried. */
  readonly samples: number
}

/** Keys lost with a given number of dead nodes. */
interface Loss {
  readonly replicas: number
  readonly killed: number
  /** Share of the keys, on average over choices of nodes and for the worst of them. */
  readonly lost: number
  readonly worst: number
  readonly expected: number
  readonly choices: number
  /** Whether every choice was tried. */
  readonly isComplete: boolean
}

/**
 * Share of keys lost for every replication factor and number of dead nodes, over all choices of dead nodes or a
 * random sample of them. A key is lost when all its owners are dead. O(factors × nodes × choices × distinct sets of owners).
 */
export async function replicationLoss(options: LossOptions, progress?: Progress): Promise<Report> {
  const positions = await positionsOf(options)
  const nodes = options.nodes.length
  const losses: Loss[] = []
  const steps = options.factors.length * nodes
  for (const replicas of options.factors) {
    const sets = ownerSets(options, positions, replicas)
    for (let killed = 0; killed < nodes; killed++) {
      losses.push(lossOf(sets, { nodes, replicas, killed, keys: positions.length }, options))
      progress?.(losses.length, steps)
      await breathe()
    }
  }
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

/** The distinct sets of owners, in the order of their lowest owner, and how many keys have each. */
interface OwnerSets {
  readonly keys: Uint32Array
  /** The owners of one set after the other, ascending. */
  readonly owners: Uint32Array
  /** For each node the first set of which it is the lowest owner, and at the end the number of sets. */
  readonly starts: Uint32Array
}

function ownerSets(setup: ReplicationSetup, positions: Uint32Array, replicas: number): OwnerSets {
  const ring = placeOnOf(setup)(setup.nodes)
  const sets = new Map<string, { owners: number[]; keys: number }>()
  for (const position of positions) {
    const owners = ring.owners(position, replicas).sort((a, b) => a - b)
    const name = owners.join(' ')
    const set = sets.get(name) ?? { owners, keys: 0 }
    sets.set(name, set)
    set.keys++
  }
  const sorted = [...sets.values()].sort((a, b) => a.owners[0] - b.owners[0])
  const starts = new Uint32Array(setup.nodes.length + 1)
  for (const { owners } of sorted) starts[owners[0] + 1]++
  for (let node = 0; node < setup.nodes.length; node++) starts[node + 1] += starts[node]
  return {
    keys: Uint32Array.from(sorted, ({ keys }) => keys),
    owners: Uint32Array.from(sorted.flatMap(({ owners }) => owners)),
    starts,
  }
}

/** How many keys have dead owners only; `dead` is 1 for each dead node. */
function lostKeys({ keys, owners, starts }: OwnerSets, replicas: number, dead: Uint8Array): number {
  let lost = 0
  for (let node = 0; node < dead.length; node++) {
    if (dead[node] === 0) continue
    for (let set = starts[node]; set < starts[node + 1]; set++) {
      const end = (set + 1) * replicas
      let at = set * replicas + 1
      while (at < end && dead[owners[at]] === 1) at++
      if (at === end) lost += keys[set]
    }
  }
  return lost
}

interface Case {
  readonly nodes: number
  readonly replicas: number
  readonly killed: number
  readonly keys: number
}

function lossOf(sets: OwnerSets, { nodes, replicas, killed, keys }: Case, options: LossOptions): Loss {
  const isComplete = binomial(nodes, killed) <= options.samples
  const random = createRandom(options.seed ?? 1, `dead nodes ${replicas} ${killed}`)
  let sum = 0
  let worst = 0
  let choices = 0
  const dead = new Uint8Array(nodes)
  for (const chosen of isComplete
    ? allChoices(nodes, killed)
    : randomChoices(nodes, killed, options.samples, random)) {
    dead.fill(0)
    for (const node of chosen) dead[node] = 1
    const lost = lostKeys(sets, replicas, dead)
    sum += lost
    worst = Math.max(worst, lost)
    choices++
  }
  return {
    replicas,
    killed,
    lost: sum / choices / keys,
    worst: worst / keys,
    expected: expectedLoss(nodes, replicas, killed),
    choices,
    isComplete,
  }
}

/** Ways to choose `count` of `from`. */
function binomial(from: number, count: number): number {
  let ways = 1
  for (let i = 0; i < count; i++) ways = (ways * (from - i)) / (i + 1)
  return Math.round(ways)
}

/** The share of keys all of whose copies are on dead nodes, C(killed, replicas) ÷ C(nodes, replicas). */
export function expectedLoss(nodes: number, replicas: number, killed: number): number {
  let share = 1
  for (let i = 0; i < replicas; i++) share *= Math.max(0, killed - i) / (nodes - i)
  return share
}

function* allChoices(nodes: number, count: number, from = 0): Generator<Set<number>> {
  if (count === 0) {
    yield new Set()
    return
  }
  for (let first = from; first <= nodes - count; first++) {
    for (const rest of allChoices(nodes, count - 1, first + 1)) yield rest.add(first)
  }
}

function* randomChoices(
  nodes: number,
  count: number,
  samples: number,
  random: Random,
): Generator<Set<number>> {
  for (let sample = 0; sample < samples; sample++) {
    const chosen = new Set<number>()
    while (chosen.size < count) chosen.add(random.below(nodes))
    yield chosen
  }
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
