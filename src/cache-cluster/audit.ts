import type { CacheNode } from './cache-node.js'
import type { ReadResult, WriteResult } from './client.js'
import type { Membership } from './membership.js'
import type { Versions } from './versions.js'

/** What can be wrong with a history. */
export type Flaw =
  /** A read gave an older version than was acknowledged before it began. */
  | 'stale'
  /** A read found nothing where a version was acknowledged before it began. */
  | 'gone'
  /** When all was repaired, an acknowledged version was on no node. */
  | 'lost'
  /** A read gave what was never written to its key. */
  | 'invented'
  /** After repair a key has fewer copies than it should, or more. */
  | 'too few copies'
  | 'too many copies'
  /** After repair a node holds a key that isn't its own. */
  | 'stray copy'
  /** A write failed while no more than one node was out of order. */
  | 'unwritable'
  /** A request took longer than its timeouts allow, or never ended. */
  | 'endless'

export interface FlawFound {
  readonly flaw: Flaw
  readonly time: number
  readonly key: number
  /** The largest number of nodes that had lost their memory, or been declared dead, before repair caught up. */
  readonly losses: number
}

/** Milliseconds by which sums of times may differ. */
const ROUNDING = 1e-6

/** The least version that a read must return, fixed when it begins. */
export interface Floor {
  readonly version: number
  readonly time: number
}

/**
 * Compares what clients are promised with what they get. It knows every acknowledged write and judges every read in
 * O(1), from outside: nodes and clients don't know of it.
 */
export class Audit {
  readonly flaws: FlawFound[] = []
  /** Requests that have begun and not ended. */
  open = 0
  private readonly acknowledged: Float64Array
  private readonly expiry: Float64Array
  /** Nodes lost since repair last caught up, and when; and the most there ever were at a time. */
  private readonly lost = new Map<number, number>()
  private losses = 0
  /** Keys whose acknowledged version has gone from all memories, and how many nodes had been lost by then. */
  private readonly suspects = new Map<number, number>()

  constructor(
    keyCount: number,
    private readonly versions: Versions,
    /** Milliseconds in which any request must end. */
    private readonly bound: number,
  ) {
    this.acknowledged = new Float64Array(keyCount)
    this.expiry = new Float64Array(keyCount).fill(Infinity)
  }

  begin(key: number, time: number): Floor {
    this.open++
    return { version: this.expiry[key] > time + this.bound ? this.acknowledged[key] : 0, time }
  }

  endRead(key: number, floor: Floor, time: number, { ok, entry }: ReadResult): Flaw | undefined {
    this.end(key, floor, time)
    if (!ok) return undefined
    const version = entry?.version ?? 0
    if (version > 0 && this.versions.keyOf(version) !== key) return this.find('invented', key, time)
    if (version >= floor.version) return undefined
    return this.find(version === 0 ? 'gone' : 'stale', key, time)
  }

  /** `disturbed` is how many nodes were out of order while the write went on. */
  endWrite(
    key: number,
    floor: Floor,
    time: number,
    { ok, version }: WriteResult,
    disturbed: number,
    expires = Infinity,
  ): void {
    this.end(key, floor, time)
    if (ok) this.acknowledge(key, version, expires)
    else if (disturbed <= 1) this.find('unwritable', key, time)
  }

  acknowledge(key: number, version: number, expires = Infinity): void {
    if (version <= this.acknowledged[key]) return
    this.acknowledged[key] = version
    this.expiry[key] = expires
  }

  /** A node has lost its memory, or the cluster has given it up. */
  lose(node: number, time: number): void {
    this.lost.set(node, time)
    this.losses = Math.max(this.losses, this.lost.size)
  }

  /** A node's memory has just been lost: looks for the keys that nobody holds any more. O(keys × nodes). */
  searchMemories(nodes: readonly CacheNode[], time: number): void {
    for (let key = 0; key < this.acknowledged.length; key++) {
      const isHeld = nodes.some(({ store }) => store.version(key, time) >= this.acknowledged[key])
      if (isHeld) this.suspects.delete(key)
      else if (!this.suspects.has(key)) this.suspects.set(key, this.losses)
    }
  }

  /** A repair that began at a time has brought every key to all nodes that it should be on. */
  repaired(began: number): void {
    for (const [node, time] of this.lost) if (time <= began) this.lost.delete(node)
  }

  /** Judges what is stored after everything was mended and repaired. */
  settled(nodes: readonly CacheNode[], membership: Membership, time: number): void {
    const members = membership.list()
    for (let key = 0; key < this.acknowledged.length; key++) {
      const holders = members.filter((node) => nodes[node].store.version(key, time) > 0)
      const newest = Math.max(0, ...holders.map((node) => nodes[node].store.version(key, time)))
      if (newest < this.acknowledged[key] && this.expiry[key] > time)
        this.find('lost', key, time, this.suspects.get(key))
      if (holders.some((node) => !membership.owns(node, key))) this.find('stray copy', key, time)
      if (holders.length > membership.copies) this.find('too many copies', key, time)
      if (newest > 0 && holders.length < membership.copies) this.find('too few copies', key, time)
    }
    if (this.open > 0) this.find('endless', -1, time)
  }

  private end(key: number, floor: Floor, time: number): void {
    this.open--
    if (time - floor.time > this.bound + ROUNDING) this.find('endless', key, time)
  }

  private find(flaw: Flaw, key: number, time: number, losses = this.losses): Flaw {
    this.flaws.push({ flaw, key, time, losses })
    return flaw
  }
}
