import { createRandom } from '../../random/random.js'
import { BLOCK, Child, Disk } from './disk.js'
import { type ChoiceName, choices, type DurabilitySetup, type Sizes, sizesOf } from './setup.js'
import { SharedPages } from './shared-pages.js'

/** Milliseconds between two runs of serverCron. */
const CRON = 100
/** Milliseconds of a write(2) of a few bytes. */
export const WRITE = 0.005
/** An append-only file is rewritten above 64 MB, when it has grown by 100 percent. */
const REWRITE = { minSize: 64 << 20, percentage: 100 }
/** Whole seconds for which a write waits for an fsync at most. */
const POSTPONED = 2
/** Without fsync Linux writes a file 30 s after the first change to it, and looks every 5 s. */
const WRITEBACK = { after: 30_000, every: 5000 }

/** SETs in the order of their arrival: times in milliseconds, and the keys. */
export interface Writes {
  readonly arrivals: Float64Array
  readonly keys: Uint32Array
}

/** A data set that a child has written. */
export interface Snapshot {
  readonly forked: number
  /** When it counts: a save from its end on, a rewrite from when the server has seen it. */
  readonly ended: number
  /** How many writes are in it. */
  readonly included: number
}

/**
 * A Redis server that is written to, as far as persistence goes: the event loop, serverCron, the rules of `save` and
 * `appendfsync`, the children, and what Redis 7's append-only file of several parts does at a rewrite. It begins with
 * all keys on the disk. After Redis 7.0.15's aof.c, rdb.c and server.c. O(1) a write, amortized.
 */
export class PersistentServer {
  /** When each write was acknowledged, was handed to the kernel, and was synced; Infinity if it never was. */
  readonly acknowledged: Float64Array
  readonly inKernel: Float64Array
  readonly onDisk: Float64Array
  readonly saves: Snapshot[] = []
  readonly rewrites: Snapshot[] = []
  readonly disk: Disk
  readonly pages: SharedPages
  /** Redis's aof_delayed_fsync: writes that did not wait any longer for an fsync. */
  delayed = 0

  private readonly choice: (typeof choices)[ChoiceName]
  private readonly sizes: Sizes
  private now = 0
  private nextCron = CRON
  private nextWriteback = WRITEBACK.every
  private executed = 0
  private written = 0
  private synced = 0
  /** The first write of the newest part of the append-only file. */
  private partFrom = 0
  private dirtySince = Infinity
  private syncEnd = -Infinity
  private lastSync = 0
  private postponedSince = Infinity
  private rewriteBase: number
  private lastSave = 0
  private saved = 0
  private child: Child | undefined
  private isRewriting = false

  constructor(
    private readonly setup: DurabilitySetup,
    name: ChoiceName,
    private readonly writes: Writes,
  ) {
    const { length } = writes.arrivals
    this.choice = choices[name]
    this.sizes = sizesOf(setup)
    this.acknowledged = new Float64Array(length).fill(Infinity)
    this.inKernel = new Float64Array(length).fill(Infinity)
    this.onDisk = new Float64Array(length).fill(Infinity)
    this.disk = new Disk(setup.disk, createRandom(setup.seed, `disk of ${name}`))
    this.rewriteBase = this.sizes.rdb
    this.pages = new SharedPages(this.sizes.item, setup.keys, setup.page)
  }

  /** Runs the server up to a time, and on until the writes of that time are answered. */
  run(until: number): void {
    while (this.now < until || this.writes.arrivals[this.executed] <= until) this.turn()
  }

  /** One turn of the event loop. What arrives while it runs is of the next. */
  private turn(): void {
    const { arrivals, keys } = this.writes
    const first = this.executed
    const arrival = first < arrivals.length ? arrivals[first] : Infinity
    this.now = Math.max(this.now, Math.min(arrival, this.nextCron))
    const polled = this.now
    while (arrivals[this.executed] <= polled) this.execute(keys[this.executed])
    if (this.now >= this.nextCron) this.cron()
    this.flush()
    mark(this.acknowledged, first, this.executed, this.now)
  }

  private get second(): number {
    return Math.floor(this.now / 1000)
  }

  private execute(key: number): void {
    this.executed++
    this.now += this.setup.service
    if (this.child && !this.child.hasEnded(this.now)) this.now += this.pages.write(key)
  }

  private cron(): void {
    const { appendfsync, isSaved } = this.choice
    if (appendfsync === 'no') this.writeBack()
    if (this.child) this.reap(this.child)
    else if (isSaved && this.isSaveDue()) this.fork(false)
    else if (appendfsync && this.isRewriteDue()) this.beginRewrite()
    this.nextCron = this.now + CRON
  }

  private isSaveDue(): boolean {
    const changes = this.executed - this.saved
    const elapsed = this.second - this.lastSave
    return this.setup.savePoints.some((point) => changes >= point.changes && elapsed > point.seconds)
  }

  private fork(isRewrite: boolean): void {
    const { keys, fork } = this.setup
    const { memory, rdb } = this.sizes
    this.now += (fork * memory) / 1e9
    this.child = new Child(this.disk, this.now, this.executed, keys, rdb)
    this.isRewriting = isRewrite
    this.pages.fork()
  }

  /** What serverCron does when it finds that the child has ended. */
  private reap(child: Child): void {
    if (!child.hasEnded(this.now)) return
    const { forked, included, end } = child
    this.child = undefined
    if (!this.isRewriting) {
      this.saved = included
      this.lastSave = this.second
      this.saves.push({ forked, ended: end, included })
      return
    }
    this.syncManifest()
    this.rewrites.push({ forked, ended: this.now, included })
    this.rewriteBase = this.sizes.rdb + (this.written - included) * this.sizes.logged
  }

  /** Whether the append-only file, its base and all that follows, has grown enough. */
  private isRewriteDue(): boolean {
    const from = this.rewrites.at(-1)?.included ?? 0
    const size = this.sizes.rdb + (this.written - from) * this.sizes.logged
    const growth = Math.floor((size * 100) / this.rewriteBase) - 100
    return size > REWRITE.minSize && growth >= REWRITE.percentage
  }

  /** The rewrite begins a new part of the file, and the old part is synced in the background. */
  private beginRewrite(): void {
    this.flush(true)
    this.syncManifest()
    this.sync()
    this.lastSync = this.second
    this.partFrom = this.written
    this.fork(true)
  }

  /** The list of the parts: the server waits for the file and for its folder. */
  private syncManifest(): void {
    for (let i = 0; i < 2; i++) this.now = this.syncOnDisk(BLOCK)
  }

  /** Redis's flushAppendOnlyFile: once in a turn, before the answers are sent. */
  private flush(isForced = false): void {
    const { appendfsync } = this.choice
    if (appendfsync === undefined) return
    const isSyncing = this.now < this.syncEnd
    if (this.executed === this.written) {
      if (isSyncing || this.synced === this.written) return
    } else {
      if (isSyncing && !isForced && this.isPostponed()) return
      this.write()
    }
    if (appendfsync === 'always') this.now = this.sync()
    if (appendfsync !== 'everysec' || this.second <= this.lastSync) return
    if (!isSyncing) this.syncEnd = this.sync()
    this.lastSync = this.second
  }

  /** Whether the write waits for the fsync that is still running. Its clients get their answers all the same. */
  private isPostponed(): boolean {
    if (this.postponedSince === Infinity) this.postponedSince = this.second
    if (this.second - this.postponedSince < POSTPONED) return true
    this.delayed++
    return false
  }

  /** write(2), which an fsync of the same file holds up. */
  private write(): void {
    this.now = Math.max(this.now + WRITE, this.syncEnd)
    mark(this.inKernel, this.written, this.executed, this.now)
    this.written = this.executed
    this.postponedSince = Infinity
    this.dirtySince = Math.min(this.dirtySince, this.now)
  }

  /** Begins an fsync of all that is in the kernel, and returns when it ends. */
  private sync(): number {
    if (this.synced === this.written) return this.now
    const { logged } = this.sizes
    const from = Math.floor(((this.synced - this.partFrom) * logged) / BLOCK)
    const to = Math.ceil(((this.written - this.partFrom) * logged) / BLOCK)
    const end = this.syncOnDisk((to - from) * BLOCK)
    mark(this.onDisk, this.synced, this.written, end)
    this.synced = this.written
    this.dirtySince = Infinity
    return end
  }

  private syncOnDisk(bytes: number): number {
    this.child?.hasEnded(this.now)
    return this.disk.sync(this.now, bytes)
  }

  /** Linux writes what nobody has synced. */
  private writeBack(): void {
    if (this.now < this.nextWriteback) return
    if (this.now - this.dirtySince >= WRITEBACK.after) this.sync()
    this.nextWriteback += WRITEBACK.every
  }
}

/** What fill does, and faster for the few writes of a turn. */
function mark(times: Float64Array, from: number, to: number, time: number): void {
  for (let i = from; i < to; i++) times[i] = time
}
