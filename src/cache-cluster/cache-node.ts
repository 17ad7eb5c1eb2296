import type { EvictionPolicy } from '../eviction/policy.js'
import { Process } from '../simulation/process.js'
import type { Clock } from '../simulation/transport.js'
import type { CacheEntry, CacheTransport, Ownership, Reply, Request } from './protocol.js'
import { Store } from './store.js'

export interface NodeSetup {
  readonly id: number
  readonly keyCount: number
  /** Milliseconds that one request takes; one key of a copy takes as long. */
  readonly serviceTime: number
  /** Milliseconds until the node passes on what it is to forward. */
  readonly lag: number
  readonly clock: Clock
  readonly ownership: Ownership
  /** How the node reaches other nodes. */
  readonly peers: CacheTransport
  /** Its eviction policy; without one its memory is unbounded. */
  readonly createPolicy?: (() => EvictionPolicy) | undefined
}

const STORED: Reply = { status: 'stored' }
const MISSING: Reply = { status: 'missing' }
const UNSURE: Reply = { status: 'unsure' }
const REFUSED: Reply = { status: 'refused' }

/** Keys that a scan looks through in the time of one request. */
const SCANNED_AT_ONCE = 100

/**
 * One cache server: a bounded memory behind a queue, served one request after the other.
 *
 * It answers for the keys that it owns and is sure of. A node that has lost its memory, or has just come to own
 * a key, is unsure until repair has told it what the others know.
 */
export class CacheNode extends Process {
  readonly store: Store
  /** For each key whether the node can answer for it. */
  protected readonly sure: Uint8Array

  constructor(private readonly setup: NodeSetup) {
    super(setup.clock, setup.serviceTime)
    this.store = new Store(setup.keyCount, setup.createPolicy)
    this.sure = new Uint8Array(setup.keyCount).fill(1)
  }

  override kill(): void {
    super.kill()
    this.store.clear()
    this.sure.fill(0)
  }

  /** Says that the node came to own a key that others knew before it. */
  doubt(key: number): void {
    this.sure[key] = 0
  }

  /** A request arrives: it queues, is served, and is answered if the node still lives. */
  handle(request: Request, answer: (reply: Reply) => void): void {
    this.enqueue(
      effort(request),
      () => {
        if (request.kind === 'copy') this.copy(request.keys, request.to, answer)
        else answer(this.serve(request))
      },
      () => answer(REFUSED),
    )
  }

  protected serve(request: Exclude<Request, { kind: 'copy' }>): Reply {
    switch (request.kind) {
      case 'get':
        return this.get(request.key)
      case 'put':
        return this.put(request)
      case 'ping':
        return { status: 'alive', incarnation: this.incarnation }
      case 'scan':
        return this.scan(request.from, request.to)
      case 'load':
        for (const [i, key] of request.keys.entries()) this.take(key, request.entries[i])
        return STORED
      case 'settle':
        return this.settle(request)
    }
  }

  private get(key: number): Reply {
    const { ownership, id, clock } = this.setup
    const entry = this.store.get(key, clock.now)
    if (this.sure[key] === 0 || !ownership.owns(id, key)) return UNSURE
    return entry ? { status: 'found', entry } : MISSING
  }

  private put(request: Request & { kind: 'put' }): Reply {
    const { key, entry } = request
    if (!this.take(key, entry)) return UNSURE
    if (request.forward) this.afterLag(() => this.forward(key, entry))
    return STORED
  }

  /** Does something later, unless the node has stopped or lost its memory by then. */
  private afterLag(action: () => void): void {
    const { incarnation } = this
    this.setup.clock.after(this.setup.lag, () => {
      if (this.state === 'up' && this.incarnation === incarnation) action()
    })
  }

  private forward(key: number, entry: CacheEntry): void {
    const { ownership, id, peers } = this.setup
    for (let rank = 0; rank < ownership.copies; rank++) {
      const owner = ownership.owner(key, rank)
      if (owner !== id) peers.send(owner, { kind: 'put', key, entry, forward: false }, ignore)
    }
  }

  /** Stores an entry if the key is the node's own. */
  private take(key: number, entry: CacheEntry): boolean {
    if (!this.setup.ownership.owns(this.setup.id, key)) return false
    this.store.put(key, entry, this.setup.clock.now)
    return true
  }

  private scan(from: number, to: number): Reply {
    const { now } = this.setup.clock
    const entries = Array.from({ length: to - from }, (_, i) => this.store.peek(from + i, now))
    return { status: 'scanned', entries, incarnation: this.incarnation }
  }

  private copy(keys: readonly number[], to: number, answer: (reply: Reply) => void): void {
    const found = keys.flatMap((key) => {
      const entry = this.store.peek(key, this.setup.clock.now)
      return entry ? [{ key, entry }] : []
    })
    const load: Request = {
      kind: 'load',
      keys: found.map(({ key }) => key),
      entries: found.map(({ entry }) => entry),
    }
    this.setup.peers.send(to, load, answer)
  }

  protected settle({ from, to, epoch, incarnation }: Request & { kind: 'settle' }): Reply {
    const { ownership, id } = this.setup
    if (epoch !== ownership.epoch || incarnation !== this.incarnation) return REFUSED
    for (let key = from; key < to; key++) {
      if (ownership.owns(id, key)) this.sure[key] = 1
      else this.store.drop(key)
    }
    return STORED
  }
}

function ignore(): void {}

/** The work of a request, in simple requests. */
function effort(request: Request): number {
  switch (request.kind) {
    case 'copy':
    case 'load':
      return request.keys.length
    case 'scan':
    case 'settle':
      return (request.to - request.from) / SCANNED_AT_ONCE
    default:
      return 1
  }
}
