import { type Answer, Caller } from '../simulation/caller.js'
import type { Task } from '../simulation/task.js'
import type { Clock } from '../simulation/transport.js'
import { behind, entryOf, isCertain, TIMED_OUT, versionOf } from './answers.js'
import type { CacheEntry, CacheTransport, Ownership, Reply, Request } from './protocol.js'
import type { Versions } from './versions.js'

/**
 * When a write is acknowledged. sync: all owners have it. async: one owner has it, the primary if it answers, and
 * passes it on later. quorum: `writeQuorum` owners have it, and a read asks `readQuorum` of them.
 */
export type WriteMode = (typeof writeModes)[number]
export const writeModes = ['sync', 'async', 'quorum'] as const

export interface ClientOptions {
  /** When a write is acknowledged. */
  readonly mode: WriteMode
  /** In mode quorum: owners that must acknowledge a write. */
  readonly writeQuorum: number
  /** In mode quorum: owners that a read asks. */
  readonly readQuorum: number
  /** Milliseconds after which a node that hasn't answered is given up. */
  readonly timeout: number
  /** Milliseconds for which a node that failed is asked last. */
  readonly remember: number
  /** Whether writes that a node missed are kept and sent when it is back. */
  readonly hints: boolean
}

/** What came of a read. */
export interface ReadResult {
  /** Whether enough owners answered. */
  readonly ok: boolean
  /** The newest entry among the answers; undefined if none has one. A deletion is an entry. */
  readonly entry: CacheEntry | undefined
  /** The node that had it, or that said there is none; undefined if the read failed. */
  readonly node: number | undefined
  /** Nodes asked one after the other. */
  readonly hops: number
}

/** What came of a write or a deletion. */
export interface WriteResult {
  /** Whether the write is acknowledged. Even if not, it may have reached some owners. */
  readonly ok: boolean
  /** The version that was written. */
  readonly version: number
}

/** A write is tried again once if owners change under it. */
const WRITE_ATTEMPTS = 2

/**
 * What a program that uses the cluster holds: it knows who owns a key, asks the primary first and then the
 * others in ring order, and gives up on those that don't answer.
 *
 * `get`, `set` and `delete` are tasks; `start` or `promised` runs them. A read ends within a timeout for each
 * owner of the key, a write within two timeouts, in async mode within two for each owner.
 *
 * @example
 * import { HashRing } from 'cachelab/placement'
 * import { Client, Membership, promised, type ReadResult, Versions } from 'cachelab/replication'
 * import { realClock } from 'cachelab/remote'
 * const nodes = ['cache1', 'cache2']
 * const ring = new HashRing(nodes)
 * const owners = new Membership(nodes, [0, 1], Uint32Array.of(ring.position('user:1')), 2, (names) => new HashRing(names))
 * // A transport of your own: here all nodes refuse but the second.
 * const transport = {
 *   send: (node: number, _: unknown, answer: (reply: { status: 'missing' | 'refused' }) => void) =>
 *     answer({ status: node === 1 ? 'missing' : 'refused' }),
 * }
 * const options = { mode: 'sync', writeQuorum: 2, readQuorum: 1, timeout: 50, remember: 1000, hints: false } as const
 * const client = new Client(realClock, transport, owners, new Versions(), options)
 * const { ok, node, hops }: ReadResult = await promised(client.get(0))
 * ok // true
 * node // 1
 * hops // 1
 */
export class CacheClient {
  private readonly caller: Caller<Request, Reply>
  private readonly failedUntil = new Map<number, number>()
  /** Writes that nodes missed: for each node the newest entry of each key. */
  private readonly missed = new Map<number, Map<number, CacheEntry>>()

  constructor(
    private readonly clock: Clock,
    protected readonly transport: CacheTransport,
    protected readonly ownership: Ownership,
    private readonly versions: Versions,
    readonly options: ClientOptions,
  ) {
    this.caller = new Caller(clock, transport, options.timeout, TIMED_OUT, (node, reply, request) =>
      this.notice(node, reply, request),
    )
  }

  /** The newest entry of a key, from as many owners as the mode asks. */
  get(key: number): Task<ReadResult> {
    return this.options.mode === 'quorum' ? this.getFromQuorum(key) : this.getFromOne(key)
  }

  private *getFromOne(key: number): Task<ReadResult> {
    const order = this.inOrder(key)
    const request: Request = { kind: 'get', key }
    const unsure: number[] = []
    for (let hops = 1; hops <= order.length; hops++) {
      const node = order[hops - 1]
      const reply: Reply = yield this.caller.ask(node, request)
      if (isCertain(reply)) {
        const entry = entryOf(reply)
        if (entry && unsure.length > 0) this.give(key, entry, unsure)
        return { ok: true, entry, node, hops }
      }
      if (reply.status === 'unsure') unsure.push(node)
    }
    return { ok: false, entry: undefined, node: undefined, hops: order.length }
  }

  private *getFromQuorum(key: number): Task<ReadResult> {
    const { readQuorum } = this.options
    const order = this.inOrder(key)
    const request: Request = { kind: 'get', key }
    const answers: Answer<Reply>[] = []
    let certain = 0
    let hops = 0
    while (certain < readQuorum && answers.length < order.length) {
      hops++
      const asked = order.slice(answers.length, answers.length + readQuorum - certain)
      const more: Answer<Reply>[] = yield this.caller.askAll(asked, request)
      answers.push(...more)
      for (const { reply } of more) if (isCertain(reply)) certain++
    }
    if (certain < readQuorum) return { ok: false, entry: undefined, node: undefined, hops }
    const newest = this.newest(answers)
    const entry = entryOf(newest.reply)
    if (entry) this.give(key, entry, behind(answers, entry))
    return { ok: true, entry, node: newest.node, hops }
  }

  /** Stores a new version of a key; `lifetime` is in milliseconds. */
  *set(key: number, lifetime = Infinity): Task<WriteResult> {
    return yield* this.write(key, this.entry(key, false, lifetime))
  }

  /** Writes a deletion, which hides older values. */
  *delete(key: number): Task<WriteResult> {
    return yield* this.write(key, this.entry(key, true, Infinity))
  }

  /** Sends a node what it missed: when it answers the client again, or is known to be back. */
  handOff(node: number): void {
    const missed = this.missed.get(node)
    if (!missed) return
    this.missed.delete(node)
    for (const [key, entry] of missed) this.give(key, entry, [node])
  }

  private entry(key: number, deleted: boolean, lifetime: number): CacheEntry {
    return { version: this.versions.next(key), deleted, expires: this.clock.now + lifetime }
  }

  private *write(key: number, entry: CacheEntry): Task<WriteResult> {
    const { version } = entry
    this.give(key, entry, this.ownership.successorsOf(key))
    for (let attempt = 0; attempt < WRITE_ATTEMPTS; attempt++) {
      const { epoch } = this.ownership
      const stored: Answer<Reply>[] =
        this.options.mode === 'async'
          ? yield* this.writeToOne(key, entry)
          : yield this.caller.askAll(
              this.inOrder(key),
              { kind: 'put', key, entry, forward: false },
              (answers) => this.isEnough(key, answers),
            )
      if (this.isEnough(key, stored)) return { ok: true, version }
      if (epoch === this.ownership.epoch) break
    }
    return { ok: false, version }
  }

  /** Asks the primary to store an entry and to pass it on, and if it doesn't answer the next owner. */
  private *writeToOne(key: number, entry: CacheEntry): Task<Answer<Reply>[]> {
    const answers: Answer<Reply>[] = []
    for (const node of this.inOrder(key)) {
      const reply: Reply = yield this.caller.ask(node, { kind: 'put', key, entry, forward: true })
      answers.push({ node, reply })
      if (reply.status === 'stored') break
    }
    return answers
  }

  /** Whether enough nodes have stored an entry that own the key now. */
  protected isEnough(key: number, answers: readonly Answer<Reply>[]): boolean {
    const { ownership, writesNeeded } = this
    if (answers.length < writesNeeded) return false
    let stored = 0
    for (const { node, reply } of answers)
      if (reply.status === 'stored' && ownership.owns(node, key)) stored++
    return stored >= writesNeeded
  }

  private get writesNeeded(): number {
    const { mode, writeQuorum } = this.options
    return mode === 'sync' ? this.ownership.copies : mode === 'async' ? 1 : writeQuorum
  }

  /** The owners of a key, those that failed lately last. */
  private inOrder(key: number): number[] {
    const { ownership, failedUntil, clock } = this
    const owners: number[] = []
    for (let rank = 0; rank < ownership.copies; rank++) owners.push(ownership.owner(key, rank))
    if (failedUntil.size === 0) return owners
    const hasFailed = (node: number) => (failedUntil.get(node) ?? 0) > clock.now
    return [...owners.filter((node) => !hasFailed(node)), ...owners.filter(hasFailed)]
  }

  /** The certain answer with the highest version. */
  protected newest(answers: readonly Answer<Reply>[]): Answer<Reply> {
    let newest: Answer<Reply> | undefined
    for (const answer of answers) {
      if (isCertain(answer.reply) && (!newest || versionOf(answer.reply) > versionOf(newest.reply)))
        newest = answer
    }
    return newest!
  }

  /** Sends an entry to nodes without waiting for them. */
  private give(key: number, entry: CacheEntry, nodes: readonly number[]): void {
    for (const node of nodes) this.transport.send(node, { kind: 'put', key, entry, forward: false }, ignore)
  }

  private notice(node: number, reply: Reply, request: Request): void {
    const { failedUntil, clock, options } = this
    if (reply.status === 'timeout' || reply.status === 'refused') {
      if (options.remember > 0) failedUntil.set(node, clock.now + options.remember)
      if (options.hints && request.kind === 'put') this.hint(node, request.key, request.entry)
    } else {
      if (failedUntil.size > 0) failedUntil.delete(node)
      if (this.missed.size > 0) this.handOff(node)
    }
  }

  private hint(node: number, key: number, entry: CacheEntry): void {
    const missed = this.missed.get(node) ?? new Map<number, CacheEntry>()
    this.missed.set(node, missed.set(key, entry))
  }
}

function ignore(): void {}
