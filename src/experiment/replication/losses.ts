import { createRandom, type Random } from '../../random/random.js'
import { placeOnOf, type ReplicationSetup } from './setup.js'

/** Keys lost with a given number of dead nodes. */
export interface Loss {
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

/** Numbers of dead nodes to try with one replication factor: plain data, so that a worker can do it. */
export interface LossTask {
  readonly setup: ReplicationSetup
  /** The hashed keys. */
  readonly positions: Uint32Array
  readonly replicas: number
  /** The least number of dead nodes, and how many numbers from it on. */
  readonly first: number
  readonly count: number
  /** Most choices of dead nodes to try; fewer choices are all tried. */
  readonly samples: number
}

/** The loss for each of these numbers of dead nodes. O(keys × copies + nodes × choices × distinct sets of owners). */
export function lossesOf(task: LossTask): Loss[] {
  const { setup, positions, replicas, first, count } = task
  const sets = ownerSets(setup, positions, replicas)
  const nodes = setup.nodes.length
  return Array.from({ length: count }, (_, i) =>
    lossOf(sets, { nodes, replicas, killed: first + i, keys: positions.length }, task),
  )
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

function lossOf(sets: OwnerSets, { nodes, replicas, killed, keys }: Case, options: LossTask): Loss {
  const isComplete = binomial(nodes, killed) <= options.samples
  const random = createRandom(options.setup.seed ?? 1, `dead nodes ${replicas} ${killed}`)
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
