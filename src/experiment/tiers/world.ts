import type { Cluster } from '../../cache-cluster/cluster.js'
import type { CacheEntry } from '../../cache-cluster/protocol.js'
import { Store } from '../../cache-cluster/store.js'
import { policies } from '../../eviction/index.js'
import { createRandom, type Random } from '../../random/random.js'
import { EventQueue } from '../../simulation/event-queue.js'
import { SimulatedNetwork } from '../../simulation/network.js'
import { start, type Task, type Wait } from '../../simulation/task.js'
import { build } from '../replication/setup.js'
import { clusterSetup, type DesignName, designs, localCapacity, type TiersSetup } from './setup.js'

/** A message from a server that has written. */
interface Invalidation {
  readonly key: number
  readonly version: number
}

/** Of what nobody has written yet: a store takes 0 for nothing. */
const FIRST_VERSION = 1

/** The version that a server read, and its source. */
export interface Reading {
  readonly version: number
  readonly from: 'local' | 'shared' | 'database'
}

/**
 * Application servers with the caches of a design in front of one database, in virtual time. A miss fills the
 * caches. A write goes to the database, then to the writer's own and the distributed cache; with invalidation messages
 * the other servers drop the key. Each request is O(1).
 */
export class TiersWorld {
  readonly clock: EventQueue
  /** Each server's own cache; empty if the design has no local caches. */
  private readonly local: readonly Store[]
  private readonly cluster: Cluster | undefined
  /** The database's version of each version in the distributed cache. */
  private readonly contents: number[] = []
  private readonly network: SimulatedNetwork<Invalidation, never>
  private readonly luck: Random
  /** Version of each key in the database, and the last version whose write was acknowledged. */
  private readonly stored: Uint32Array
  readonly acknowledged: Uint32Array
  private versions = FIRST_VERSION
  private readonly tells: boolean
  messages = 0

  constructor(
    private readonly setup: TiersSetup,
    design: DesignName,
    positions: Uint32Array,
  ) {
    const { servers, keys, seed } = setup
    const { isLocal, isShared, tells } = designs[design]
    this.tells = tells
    this.cluster = isShared ? build(clusterSetup(setup, design), positions) : undefined
    this.clock = this.cluster?.clock ?? new EventQueue()
    const localOptions = {
      capacity: localCapacity(setup, design),
      keyCount: keys,
      rate: setup.rate / servers,
      requests: new Uint32Array(0),
    }
    this.local = Array.from(
      { length: isLocal ? servers : 0 },
      (_, server) =>
        new Store(keys, () => policies[setup.policy].create({ ...localOptions, seed: seed + server })),
    )
    const listeners = this.local.map((store) => ({
      handle: ({ key, version }: Invalidation): void => {
        if (store.version(key, this.clock.now) < version) store.drop(key)
      },
    }))
    this.network = new SimulatedNetwork(this.clock, listeners, setup, createRandom(seed, 'messages'))
    this.luck = createRandom(seed, 'losses')
    this.stored = new Uint32Array(keys).fill(FIRST_VERSION)
    this.acknowledged = new Uint32Array(keys)
  }

  private pause(milliseconds: number): Wait<void> {
    return (resume) => this.clock.after(milliseconds, resume)
  }

  /** A server reads a key: from its own cache, else from the distributed one, else from the database. */
  *read(server: number, key: number): Task<Reading> {
    const own = this.local[server]
    if (own) {
      yield this.pause(this.setup.localLatency)
      const entry = own.get(key, this.clock.now)
      if (entry) return { version: entry.version, from: 'local' }
    }
    if (this.cluster) {
      const { entry } = yield* this.cluster.client.get(key)
      if (entry) {
        const version = this.contents[entry.version]
        this.keep(server, key, version)
        return { version, from: 'shared' }
      }
    }
    yield this.pause(this.setup.database / 2)
    const version = this.stored[key]
    yield this.pause(this.setup.database / 2)
    this.keep(server, key, version)
    this.share(key, version)
    return { version, from: 'database' }
  }

  /** A server writes a key to the database, and then to its own and the distributed cache. */
  *write(server: number, key: number): Task<void> {
    yield this.pause(this.setup.database / 2)
    const version = ++this.versions
    this.stored[key] = version
    yield this.pause(this.setup.database / 2)
    this.acknowledged[key] = Math.max(this.acknowledged[key], version)
    this.keep(server, key, version)
    this.share(key, version)
    if (this.tells) this.tell(server, key, version)
  }

  private keep(server: number, key: number, version: number): void {
    const entry: CacheEntry = { version, deleted: false, expires: this.clock.now + this.setup.ttl }
    this.local[server]?.put(key, entry, this.clock.now)
  }

  /** Puts a version into the distributed cache, without waiting for it. */
  private share(key: number, version: number): void {
    if (!this.cluster) return
    const { client, versions } = this.cluster
    start(client.set(key))
    this.contents[versions.last] = version
  }

  private tell(server: number, key: number, version: number): void {
    for (let other = 0; other < this.setup.servers; other++) {
      if (other === server) continue
      this.messages++
      if (this.luck.next() < this.setup.messageLoss) continue
      this.network.from(server).send(other, { key, version }, ignore)
    }
  }

  /** A server starts again: its own cache is empty. */
  restart(server: number): void {
    this.local[server]?.clear()
  }

  /** Entries in all caches, and different keys among them. O(keys × caches). */
  contentsNow(): { readonly entries: number; readonly different: number } {
    const { now } = this.clock
    const stores = [...this.local, ...(this.cluster?.nodes.map(({ store }) => store) ?? [])]
    let entries = 0
    let different = 0
    for (let key = 0; key < this.setup.keys; key++) {
      let copies = 0
      for (const store of stores) if (store.version(key, now) > 0) copies++
      entries += copies
      if (copies > 0) different++
    }
    return { entries, different }
  }
}

const ignore = (): void => {}
