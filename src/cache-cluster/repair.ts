import { type Answer, Caller } from '../simulation/caller.js'
import { start, type Task } from '../simulation/task.js'
import type { Clock } from '../simulation/transport.js'
import { TIMED_OUT } from './answers.js'
import type { Membership } from './membership.js'
import type { CacheEntry, CacheTransport, Reply, Request } from './protocol.js'

/** Keys that are compared and copied at a time. */
const BATCH = 64
/** Milliseconds to wait for a node at first, and before a batch that failed is tried again. */
const TIMEOUT = 100
const PAUSE = 50

/** What one node said that it has. */
interface Scan {
  readonly node: number
  readonly entries: readonly (CacheEntry | undefined)[]
  readonly incarnation: number
}

/** Observers of repairs. */
export interface RepairWatcher {
  /** A repair that nothing has overtaken is over; it began at this time. */
  repaired?(began: number): void
  /** So many keys were copied from one node to another. */
  copied?(keys: number): void
}

/**
 * Brings every key to its owners after a change: asks all members what they have, copies the newest entry to the owners
 * that lack it, tells them that they are sure now, and lets the others forget it. It waits for every member, because
 * any of them may have a newer entry; a dead member leaves the cluster soon. A repair that is overtaken by the next
 * change starts again.
 *
 * The timeout doubles after every answer that is late, so that repair ends on any network and any queue.
 */
export class Repair {
  private generation = 0
  private running = false
  private caller: Caller<Request, Reply>

  constructor(
    private readonly clock: Clock,
    private readonly transport: CacheTransport,
    private readonly membership: Membership,
    private readonly keyCount: number,
    private readonly watcher: RepairWatcher,
  ) {
    this.caller = this.callerWith(TIMEOUT)
  }

  private callerWith(timeout: number): Caller<Request, Reply> {
    const caller: Caller<Request, Reply> = new Caller(
      this.clock,
      this.transport,
      timeout,
      TIMED_OUT,
      (_, reply) => {
        if (reply === TIMED_OUT && this.caller === caller) this.caller = this.callerWith(2 * timeout)
      },
    )
    return caller
  }

  get isRunning(): boolean {
    return this.running
  }

  /** Starts anew, from the first key. */
  begin(): void {
    const began = this.clock.now
    const generation = ++this.generation
    this.running = true
    this.caller = this.callerWith(TIMEOUT)
    start(this.repairAll(generation), (isOver) => {
      if (!isOver) return
      this.running = false
      this.watcher.repaired?.(began)
    })
  }

  /** False if it was overtaken. */
  private *repairAll(generation: number): Task<boolean> {
    for (let from = 0; from < this.keyCount; from += BATCH) {
      const to = Math.min(from + BATCH, this.keyCount)
      for (;;) {
        const isOver: boolean = yield* this.repairBatch(from, to)
        if (generation !== this.generation) return false
        if (isOver) break
        yield (resume) => this.clock.after(PAUSE, () => resume(undefined))
        if (generation !== this.generation) return false
      }
    }
    return true
  }

  /** False if a node didn't answer. */
  private *repairBatch(from: number, to: number): Task<boolean> {
    const { epoch } = this.membership
    const members = this.membership.list()
    const answers: Answer<Reply>[] = yield this.caller.askAll(members, { kind: 'scan', from, to })
    const scans = answers.flatMap(({ node, reply }): Scan[] =>
      reply.status === 'scanned' ? [{ node, entries: reply.entries, incarnation: reply.incarnation }] : [],
    )
    if (scans.length < members.length || epoch !== this.membership.epoch) return false
    for (const [source, target, keys] of this.plan(from, to, scans)) {
      const [copied]: Answer<Reply>[] = yield this.caller.askAll([source], { kind: 'copy', keys, to: target })
      if (copied.reply.status !== 'stored') return false
      this.watcher.copied?.(keys.length)
    }
    return yield* this.settle(from, to, epoch, scans)
  }

  /** Which keys must be copied from where to where. */
  protected plan(
    from: number,
    to: number,
    scans: readonly Scan[],
  ): [source: number, target: number, keys: number[]][] {
    const copies = new Map<string, [number, number, number[]]>()
    for (let key = from; key < to; key++) {
      const newest = scans.reduce((best, scan) =>
        version(scan, key - from) > version(best, key - from) ? scan : best,
      )
      const target = version(newest, key - from)
      if (target === 0) continue
      for (const scan of scans) {
        if (!this.membership.owns(scan.node, key) || version(scan, key - from) === target) continue
        const pair = `${newest.node} ${scan.node}`
        const copy = copies.get(pair) ?? [newest.node, scan.node, []]
        copies.set(pair, copy)
        copy[2].push(key)
      }
    }
    return [...copies.values()]
  }

  /** Tells all members, once every owner has its copy, what they can be sure of and what they can forget. */
  private *settle(from: number, to: number, epoch: number, scans: readonly Scan[]): Task<boolean> {
    for (const { node, incarnation } of scans) {
      const request: Request = { kind: 'settle', from, to, epoch, incarnation }
      const [settled]: Answer<Reply>[] = yield this.caller.askAll([node], request)
      if (settled.reply.status !== 'stored') return false
    }
    return true
  }
}

function version(scan: Scan, at: number): number {
  return scan.entries[at]?.version ?? 0
}
