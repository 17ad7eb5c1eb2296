import type { Progress } from '../../keys/index.js'
import { createRandom } from '../../random/random.js'
import type { ClusterNode } from '../../redis-deployment/cluster/cluster-node.js'
import { slotOf } from '../../redis-deployment/cluster/routing.js'
import type { Argv } from '../../redis-deployment/messages/protocol.js'
import type { Fault } from '../../simulation/faults.js'
import { randomSchedule, rounder, unlessOverloaded, withoutMisplaced } from '../../simulation/schedules.js'
import { shrink } from '../../simulation/shrink.js'
import { start, type Task } from '../../simulation/task.js'
import { ClusterAudit, type InvariantId, invariantIds, type LossWay } from './audit.js'
import type { Cluster, ClusterParts } from './build.js'
import { type ClusterHistory, type ClusterRun, clusterHistory, clusterHistoryNow } from './history.js'
import { mastersOf } from './reshard.js'
import { type ClusterSetup, nodeCount } from './setup.js'
import { type Moved, moveSlots } from './tool.js'

/** Most faults of one schedule. */
const MAX_FAULTS = 8
/** Every tenth schedule has no faults; only slots move. */
const CALM_EVERY = 10
const KEYS = 400
/** Milliseconds between the moves of two slots. */
const BETWEEN = 200
/** Keys in one MIGRATE, and milliseconds between two of them: slots are moving about half of the time. */
const PIPELINE = 10
const PAUSE = 15
/** Timeout of MIGRATE in milliseconds. */
const MIGRATE_TIMEOUT = 1000
/** Milliseconds for the repair to reach all nodes. */
const REPAIR = 3000

/** Schedules to try: each number is the seed of its own faults and requests. */
export interface VerifyRange {
  /** Without faults; each schedule brings its own. */
  readonly setup: ClusterSetup
  readonly first: number
  readonly count: number
}

export interface Counterexample {
  readonly seed: number
  readonly faults: readonly Fault[]
  readonly text: string
}

/** A schedule that breaks an invariant. */
export interface BrokenInvariant {
  readonly setup: ClusterSetup
  readonly invariant: InvariantId
  readonly example: Counterexample
}

export interface VerifyCounts {
  readonly broken: Record<InvariantId, number>
  readonly first: Partial<Record<InvariantId, Counterexample>>
  readonly losses: Record<LossWay, number>
  /** Schedules that a simulation can hold. */
  checked: number
  acknowledged: number
  failovers: number
  slotsMoved: number
}

export const noCounts = (): VerifyCounts => ({
  broken: { owner: 0, election: 0, slots: 0, losses: 0, calm: 0 },
  first: {},
  losses: { unreplicated: 0, minority: 0, replaced: 0 },
  checked: 0,
  acknowledged: 0,
  failovers: 0,
  slotsMoved: 0,
})

export interface Verified {
  readonly audit: ClusterAudit
  readonly history: ClusterHistory
  readonly slotsMoved: number
}

/** Runs random schedules and counts those that broke an invariant. */
export function verifySchedules({ setup, first, count }: VerifyRange, parts?: ClusterParts): VerifyCounts {
  const counts = noCounts()
  for (let seed = first; seed < first + count; seed++) {
    const faults = scheduleOf(setup, seed)
    const verified = verifiedOf({ ...setup, seed }, faults, parts)
    if (!verified) continue
    const { audit, history, slotsMoved } = verified
    counts.checked++
    for (const invariant of invariantIds) {
      const violation = audit.violations.find((one) => one.invariant === invariant)
      if (!violation) continue
      counts.broken[invariant]++
      counts.first[invariant] ??= { seed, faults, text: violation.text }
    }
    for (const way of Object.keys(audit.losses) as LossWay[]) counts.losses[way] += audit.losses[way]
    counts.acknowledged += history.cluster.ledger.count - KEYS
    counts.failovers += history.cluster.events.filter(({ kind }) => kind === 'election-won').length
    counts.slotsMoved += slotsMoved
  }
  return counts
}

function scheduleOf(setup: ClusterSetup, seed: number): Fault[] {
  if (seed % CALM_EVERY === 0) return []
  const { duration } = setup
  return randomSchedule(createRandom(seed, 'faults'), {
    nodes: nodeCount(setup),
    duration,
    most: MAX_FAULTS,
  })
}

/** The same as `verifyOne`; undefined where the faults of the schedule make too much wait. */
const verifiedOf = (setup: ClusterSetup, schedule: readonly Fault[], parts?: ClusterParts) =>
  unlessOverloaded(schedule, (faults) => verifyOne({ ...setup, faults }, parts))

/** Runs one schedule: clients read and write, slots move, faults happen. */
export function verifyOne(setup: ClusterSetup, parts?: ClusterParts): Verified {
  const { run, verified } = verification(setup, parts)
  return verified(clusterHistoryNow(setup, run))
}

/** The same with turns of the event loop, for a schedule that may be long. */
export async function verifyLong(setup: ClusterSetup, progress?: Progress): Promise<Verified> {
  const { run, verified } = verification(setup)
  return verified(await clusterHistory(setup, run, progress))
}

/** What happens in one schedule, and what its history shows. */
function verification(setup: ClusterSetup, parts: ClusterParts = {}) {
  const audit = new ClusterAudit(setup)
  const moved: Moved = { slots: 0, keys: 0, problem: undefined }
  const run: ClusterRun = {
    keys: KEYS,
    parts: { ...parts, NodeType: audit.NodeType },
    begin: (cluster) => {
      audit.watch(cluster)
      start(moveAbout(setup, cluster, moved))
    },
    end: (cluster) => repair(setup, cluster),
    done: (request) => audit.request(request),
  }
  const verified = (history: ClusterHistory): Verified => {
    audit.finish(history.cluster, history.lost)
    history.cluster.world.clock.clear()
    return { audit, history, slotsMoved: moved.slots }
  }
  return { run, verified }
}

/** The slots that have the keys. */
function usedSlots({ tags }: ClusterSetup, { ledger }: Cluster): number[] {
  return Array.from({ length: tags }, (_, tag) => slotOf(ledger.keyOf(tag)))
}

/** Moves the used slots in turn to the next master, until the time is over or a node refuses. */
function* moveAbout(setup: ClusterSetup, cluster: Cluster, moved: Moved): Task<void> {
  const { nodes, plan } = cluster
  const connections = cluster.connections[setup.clients - 1]
  const masters = mastersOf(setup)
  const tool = nodes.map(({ member: { me } }) => me)
  const slots = usedSlots(setup, cluster)
  const until = connections.now + setup.duration
  for (let i = 0; connections.now < until && moved.problem === undefined; i++) {
    yield connections.pause(BETWEEN)
    const slot = slots[i % slots.length]
    const from = nodes[0].member.view.owners[slot]
    const to = masters[(masters.indexOf(from) + 1) % masters.length]
    if (from === to || plan.masterOf[from] !== undefined) continue
    yield* moveSlots(
      connections,
      tool,
      masters,
      [{ slot, from, to }],
      { pipeline: PIPELINE, timeout: MIGRATE_TIMEOUT, pause: PAUSE },
      moved,
    )
  }
}

/**
 * Repairs moves that a fault interrupted, as redis-cli --cluster fix does: a slot whose owner is disputed goes to the
 * master with most of its keys, the other keys are migrated there, and the slot is set STABLE.
 */
function repair(setup: ClusterSetup, cluster: Cluster): void {
  const { nodes, world } = cluster
  const [connections] = cluster.connections.slice(-1)
  const tell = (node: ClusterNode, words: Argv) => connections.ask(node.member.me.address, [words])(() => {})
  const masters = nodes.filter(({ state, member }) => state === 'up' && member.isMaster)
  for (const slot of usedSlots(setup, cluster)) {
    const owners = new Set(masters.map(({ member }) => member.view.owners[slot]))
    const isDisputed = owners.size > 1
    const [fullest] = [...masters].sort((a, b) => b.keysIn(slot).size - a.keysIn(slot).size)
    const owner = isDisputed ? fullest : nodes[[...owners][0]]
    if (owner?.state !== 'up') continue
    const { address, name } = owner.member.me
    const [host, port] = address.split(':')
    const setSlot = (...words: string[]) => ['CLUSTER', 'SETSLOT', String(slot), ...words]
    if (isDisputed) tell(owner, setSlot('IMPORTING', masters.find((one) => one !== owner)!.member.me.name))
    for (const node of [owner, ...masters.filter((one) => one !== owner)]) {
      const keys = [...node.keysIn(slot)]
      if (node !== owner && keys.length > 0)
        tell(node, ['MIGRATE', host, port, '', '0', String(MIGRATE_TIMEOUT), 'KEYS', ...keys])
      if (isDisputed) tell(node, setSlot('NODE', name))
      tell(node, setSlot('STABLE'))
    }
  }
  world.clock.run(world.clock.now + REPAIR)
}

/** Shrinks a schedule to a minimal one that still breaks the invariant. */
export function shrinkViolation(
  { setup, invariant, example: { seed, faults, text } }: BrokenInvariant,
  parts?: ClusterParts,
): Counterexample {
  const violation = (items: readonly Fault[]) =>
    verifiedOf({ ...setup, seed }, items, parts)?.audit.violations.find((one) => one.invariant === invariant)
  const fails = (items: readonly Fault[]): boolean =>
    withoutMisplaced(items).length === items.length && violation(items) !== undefined
  const least = shrink(faults, fails, rounder)
  return { seed, faults: least, text: violation(least)?.text ?? text }
}
