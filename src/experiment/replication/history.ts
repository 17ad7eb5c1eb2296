import { Audit, type Flaw } from '../../cache-cluster/audit.js'
import type { ReadResult, WriteResult } from '../../cache-cluster/client.js'
import type { Cluster, Parts } from '../../cache-cluster/cluster.js'
import type { Progress } from '../../keys/index.js'
import { createRandom } from '../../random/random.js'
import { type Fault, inOrder } from '../../simulation/faults.js'
import { play, playAtOnce, type Steps, slices } from '../../simulation/play.js'
import { start } from '../../simulation/task.js'
import { type LoadWorkload, loadOf } from '../../workload/eighty-twenty.js'
import { build, defaults, type ReplicationSetup } from './setup.js'

/** Requests on a running cluster, and the faults during them. */
export interface HistorySetup extends ReplicationSetup {
  /** What breaks, and when; in any order. */
  readonly faults: readonly Fault[]
  /** Milliseconds. */
  readonly duration: number
  /** Requests a second, at random times. */
  readonly rate: number
  /** Share of the requests that read. */
  readonly readRatio: number
  /** How requests choose their keys: `zipf` gives a fifth of them four fifths of the requests. */
  readonly workload: LoadWorkload
  /** Milliseconds after which a written key expires; Infinity for never. */
  readonly ttl: number
}

/** The defaults of a history. */
export const historyDefaults = {
  ...defaults,
  remember: 1000,
  duration: 10_000,
  rate: 2000,
  readRatio: 0.9,
  workload: 'uniform',
  ttl: Infinity,
} as const satisfies Partial<HistorySetup>

/** One request that has ended. */
export type EndedRequest = {
  readonly began: number
  readonly ended: number
  readonly key: number
} & (
  | { readonly kind: 'read'; readonly result: ReadResult; readonly flaw: Flaw | undefined }
  | { readonly kind: 'write'; readonly result: WriteResult }
)

/** Called while a history runs. */
export interface HistoryWatcher {
  ended?(outcome: EndedRequest): void
  /** Repair copied this many keys. */
  copied?(time: number, keys: number): void
}

/** What came of a history. */
export interface History {
  /** The cluster at the end. */
  readonly cluster: Cluster
  /** What clients were promised and didn’t get: `flaws`. */
  readonly audit: Audit
  /** Times at which a repair ended uninterrupted with every key fully replicated. */
  readonly repaired: readonly number[]
}

/** Longest wait for repair after the end, in virtual milliseconds. */
const PATIENCE = 60_000
const STEP = 50

/**
 * Runs requests and faults on a cluster whose keys are all written. At the end every fault except a dead node is
 * healed, repair finishes, and the audit looks for every acknowledged write.
 *
 * @example
 * import { HashRing } from 'cachelab/placement'
 * import { type Fault, type History, type HistorySetup, runHistory, type WriteMode } from 'cachelab/replication'
 * const mode: WriteMode = 'sync'
 * const faults: Fault[] = [{ kind: 'kill', at: 500, node: 0 }, { kind: 'restart', at: 1500, node: 0 }]
 * const setup: HistorySetup = {
 *   ...{ nodes: ['a', 'b', 'c'], placement: 'ring', vnodes: 150, hash: 'md5', seed: 1, keys: 100, replicas: 2 },
 *   ...{ mode, writeQuorum: 2, readQuorum: 1, hop: 0.5, jitter: 0.1, service: 0.02, lag: 10, timeout: 50 },
 *   ...{ remember: 1000, hints: false, patience: 1000, capacity: undefined, policy: 'lru', faults },
 *   ...{ duration: 3000, rate: 500, readRatio: 0.9, workload: 'uniform', ttl: Infinity },
 * }
 * const ring = new HashRing(setup.nodes)
 * const positions = Uint32Array.from({ length: 100 }, (_, key) => ring.position(`key-${key}`))
 * const { audit, repaired }: History = runHistory(setup, positions)
 * // While an owner is down a write in mode sync isn’t acknowledged; nothing worse happens.
 * const flaws = new Set(audit.flaws.map(({ flaw }) => flaw))
 * flaws // Set(1) { 'unwritable' }
 * repaired.length > 0 // true
 */
export function runHistory(
  setup: HistorySetup,
  positions: Uint32Array,
  watcher: HistoryWatcher = {},
  parts?: Partial<Parts>,
): History {
  return playAtOnce(historySteps(setup, positions, watcher, parts))
}

/** The same, yielding to the event loop now and then. */
export function runLongHistory(
  setup: HistorySetup,
  positions: Uint32Array,
  watcher: HistoryWatcher,
  progress?: Progress,
): Promise<History> {
  return play(historySteps(setup, positions, watcher), (time) => progress?.(time, setup.duration))
}

function* historySteps(
  setup: HistorySetup,
  positions: Uint32Array,
  watcher: HistoryWatcher,
  parts?: Partial<Parts>,
): Steps<History> {
  const history = planHistory(setup, positions, watcher, parts)
  yield* slices(history.cluster.clock, setup.duration)
  yield* settle(history)
  return history
}

function planHistory(
  setup: HistorySetup,
  positions: Uint32Array,
  watcher: HistoryWatcher,
  parts?: Partial<Parts>,
): History {
  const repaired: number[] = []
  const cluster: Cluster = build(
    setup,
    positions,
    {
      lost: (node) => {
        audit.lose(node, cluster.clock.now)
        audit.searchMemories(cluster.nodes, cluster.clock.now)
      },
      repaired: (began) => {
        if (cluster.membership.copies < setup.replicas) return
        repaired.push(cluster.clock.now)
        audit.repaired(began)
      },
      copied: (keys) => watcher.copied?.(cluster.clock.now, keys),
    },
    parts,
  )
  const audit = new Audit(setup.keys, cluster.versions, 2 * setup.replicas * setup.timeout)
  cluster.preload()
  for (let key = 0; key < setup.keys; key++) audit.acknowledge(key, key + 1)
  cluster.watch()
  for (const fault of inOrder(setup.faults)) cluster.clock.at(fault.at, () => cluster.apply(fault))
  sendRequests(setup, cluster, audit, (outcome) => watcher.ended?.(outcome))
  return { cluster, audit, repaired }
}

/** Plans one request after the other until the end. */
function sendRequests(
  setup: HistorySetup,
  cluster: Cluster,
  audit: Audit,
  ended: (outcome: EndedRequest) => void,
): void {
  const { clock, client } = cluster
  const random = createRandom(setup.seed ?? 1, 'requests')
  const keys = loadOf({ ...setup, seed: setup.seed ?? 1 })
  const next = new Uint32Array(1)
  const read = (key: number): void => {
    const floor = audit.begin(key, clock.now)
    start(client.get(key), (result) => {
      const flaw = audit.endRead(key, floor, clock.now, result)
      ended({ kind: 'read', began: floor.time, ended: clock.now, key, result, flaw })
    })
  }
  const write = (key: number): void => {
    const floor = audit.begin(key, clock.now)
    cluster.noteDisturbed()
    start(client.set(key, setup.ttl), (result) => {
      const disturbed = cluster.disturbedSince(floor.time)
      audit.endWrite(key, floor, clock.now, result, disturbed, floor.time + setup.ttl)
      ended({ kind: 'write', began: floor.time, ended: clock.now, key, result })
    })
  }
  const arrive = (): void => {
    keys.next(next)
    if (random.next() < setup.readRatio) read(next[0])
    else write(next[0])
    plan()
  }
  const plan = (): void => {
    const at = clock.now - (Math.log(1 - random.next()) / setup.rate) * 1000
    if (at < setup.duration) clock.at(at, arrive)
  }
  plan()
}

/** Heals all faults, waits until all requests and repair have ended, and audits the remaining data. */
function* settle({ cluster, audit }: History): Steps<void> {
  const { clock, repair } = cluster
  cluster.apply({ kind: 'heal', at: clock.now })
  // Long enough for every request to end and for every silent node to be detected.
  const { replicas, timeout, patience } = cluster.options
  yield* slices(clock, clock.now + 2 * replicas * timeout + 2 * patience)
  repair.begin()
  const end = clock.now + PATIENCE
  while (repair.isRunning && clock.now < end) yield* slices(clock, clock.now + STEP)
  audit.settled(cluster.nodes, cluster.membership, clock.now)
}
