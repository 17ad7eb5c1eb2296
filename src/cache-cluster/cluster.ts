import type { EvictionPolicy } from '../eviction/policy.js'
import { createRandom } from '../random/random.js'
import { EventQueue } from '../simulation/event-queue.js'
import { clientGroup, type Fault } from '../simulation/faults.js'
import { CLIENT, type Latency, SimulatedNetwork } from '../simulation/network.js'
import { CacheNode } from './cache-node.js'
import { CacheClient, type ClientOptions } from './client.js'
import { Detector, type DetectorOptions } from './detector.js'
import { Membership, type PlaceOn } from './membership.js'
import type { Reply, Request } from './protocol.js'
import { Repair, type RepairWatcher } from './repair.js'
import { Versions } from './versions.js'

/** Everything that a cluster is made of. Times are milliseconds; keys are numbers. */
export interface ClusterOptions extends ClientOptions, DetectorOptions, Latency {
  /** Names; nodes are their numbers. */
  readonly nodes: readonly string[]
  /** How many of the nodes, the first ones, are members at the start. Default all. */
  readonly members?: number
  /** Hash value of each key. */
  readonly positions: Uint32Array
  /** The placement on the members. */
  readonly placeOn: PlaceOn
  /** Whether a node that comes to own a key waits for repair before it answers for it. Default true. */
  readonly doubts?: boolean
  /** Copies of each key in all. */
  readonly replicas: number
  /** Milliseconds that a node works on a request. */
  readonly serviceTime: number
  /** Milliseconds until a node passes on an asynchronous write. */
  readonly lag: number
  /** Decides the delays. */
  readonly seed: number
  /** A node's eviction policy; without one its memory is unbounded. */
  readonly createPolicy?: (node: number) => EvictionPolicy
}

/** What a cluster is made of, so that a test can put a faulty part in. */
export interface Parts {
  readonly CacheClient: typeof CacheClient
  readonly CacheNode: typeof CacheNode
  readonly Repair: typeof Repair
}

/** Observers of everything but requests. */
export interface ClusterWatcher extends RepairWatcher {
  /** A node has lost its memory, or has been declared dead. */
  lost?(node: number): void
}

/**
 * Cache nodes in virtual time, the network between them, a client, and what notices and repairs failures.
 *
 * @example
 * import { HashRing } from 'cachelab/placement'
 * import { Cluster, type ClusterOptions, start, type WriteResult } from 'cachelab/replication'
 * const nodes = ['cache1', 'cache2', 'cache3']
 * const ring = new HashRing(nodes)
 * const options: ClusterOptions = {
 *   ...{ nodes, positions: Uint32Array.of(ring.position('user:1')), placeOn: (names) => new HashRing(names) },
 *   ...{ replicas: 2, mode: 'sync', writeQuorum: 2, readQuorum: 1, hints: false, seed: 1 },
 *   ...{ hop: 1, jitter: 0, serviceTime: 0, lag: 10, timeout: 50, remember: 1000, heartbeat: 250, patience: 1000 },
 * }
 * const cluster = new Cluster(options)
 * let written: WriteResult | undefined
 * start(cluster.client.set(0), (result) => (written = result))
 * cluster.clock.run()
 * written // { ok: true, version: 1 }
 */
export class Cluster {
  /** Virtual time: `run(until)` lets it pass. */
  readonly clock = new EventQueue()
  readonly nodes: readonly CacheNode[]
  readonly network: SimulatedNetwork<Request, Reply>
  /** Who owns which key. */
  readonly membership: Membership
  readonly versions = new Versions()
  /** A client that is outside of all nodes. */
  readonly client: CacheClient
  /** Copies keys to owners that lack them. */
  readonly repair: Repair
  private readonly detector: Detector
  /** When each node was last seen to be out of order. */
  private readonly disturbedUntil: number[]

  constructor(
    readonly options: ClusterOptions,
    private readonly watcher: ClusterWatcher = {},
    parts: Partial<Parts> = {},
  ) {
    const { nodes: names, positions, createPolicy } = options
    const { clock } = this
    const members = Array.from({ length: options.members ?? names.length }, (_, i) => i)
    const nodes: CacheNode[] = []
    this.membership = new Membership(
      names,
      members,
      positions,
      options.replicas,
      options.placeOn,
      options.doubts === false ? undefined : (node, key) => nodes[node].doubt(key),
    )
    this.network = new SimulatedNetwork(clock, nodes, options, createRandom(options.seed, 'network'))
    for (const id of names.keys()) {
      nodes.push(
        new (parts.CacheNode ?? CacheNode)({
          id,
          keyCount: positions.length,
          serviceTime: options.serviceTime,
          lag: options.lag,
          clock,
          ownership: this.membership,
          peers: this.network.from(id),
          createPolicy: createPolicy && (() => createPolicy(id)),
        }),
      )
    }
    this.nodes = nodes
    this.disturbedUntil = nodes.map(() => -1)
    const transport = this.network.from(CLIENT)
    this.client = new (parts.CacheClient ?? CacheClient)(
      clock,
      transport,
      this.membership,
      this.versions,
      options,
    )
    this.repair = new (parts.Repair ?? Repair)(clock, transport, this.membership, positions.length, watcher)
    this.detector = new Detector(clock, transport, this.membership, options, (node, what) => {
      if (what === 'back') this.client.handOff(node)
      else this.watcher.lost?.(node)
      this.disturbedUntil[node] = clock.now
      this.repair.begin()
    })
  }

  /** Puts a first version of every key on its owners, at once and without messages. */
  preload(): void {
    for (let key = 0; key < this.options.positions.length; key++) {
      const entry = { version: this.versions.next(key), deleted: false, expires: Infinity }
      for (let rank = 0; rank < this.membership.copies; rank++) {
        this.nodes[this.membership.owner(key, rank)].store.put(key, entry, 0)
      }
    }
  }

  /** Starts the failure detector. From then on an action is always planned: run the clock up to a time. */
  watch(): void {
    this.detector.start()
  }

  /** Breaks or mends something now. */
  apply(fault: Fault): void {
    this.noteDisturbed()
    switch (fault.kind) {
      case 'kill':
        this.nodes[fault.node].kill()
        this.watcher.lost?.(fault.node)
        break
      case 'restart':
        this.nodes[fault.node].restart()
        this.watcher.lost?.(fault.node)
        break
      case 'hang':
        if (this.nodes[fault.node].state === 'up') this.nodes[fault.node].state = 'hung'
        break
      case 'slow':
        this.nodes[fault.node].slowness = fault.factor
        break
      case 'stall':
        this.nodes[fault.node].stall(fault.duration)
        break
      case 'partition':
        this.network.partition(fault.groups, clientGroup(fault.groups))
        break
      case 'heal':
        this.heal()
    }
  }

  /** Notes which nodes are out of order now. */
  noteDisturbed(): void {
    for (const node of this.nodes.keys())
      if (this.isDisturbed(node)) this.disturbedUntil[node] = this.clock.now
  }

  /**
   * How many nodes were out of order at some moment noted since a time, or are now: down, hung, slow,
   * given up, or out of the client's reach.
   */
  disturbedSince(time: number): number {
    return this.nodes.filter((_, node) => this.isDisturbed(node) || this.disturbedUntil[node] >= time).length
  }

  private isDisturbed(id: number): boolean {
    const { state, slowness, backlog } = this.nodes[id]
    return (
      state !== 'up' ||
      !this.membership.has(id) ||
      slowness > 1 ||
      backlog > this.options.timeout / 2 ||
      !this.network.reaches(CLIENT, id)
    )
  }

  private heal(): void {
    this.network.heal()
    for (const node of this.nodes) {
      node.slowness = 1
      if (node.state === 'hung') node.state = 'up'
    }
  }
}
