import type { QueueEntry } from './policy.js'

const FIRST_ROOM = 1 << 10

/**
 * First in, first out: a ring of keys that grows as they need it. O(1) amortized; four to eight bytes an entry.
 *
 * A key that is removed leaves its entry behind, which is passed over when it comes up: of several entries of one
 * key those that came first are the ones left behind.
 */
export class KeyQueue {
  private ring = new Uint32Array(FIRST_ROOM)
  private first = 0
  /** Entries, with those left behind, and how many of these there are and each key has. */
  private length = 0
  private behind = 0
  private readonly left = new Map<number, number>()

  /** Keys in the queue. */
  get size(): number {
    return this.length - this.behind
  }

  /** Puts a key at the end. */
  push(key: number): void {
    if (this.length === this.ring.length) this.grow()
    this.ring[(this.first + this.length++) & (this.ring.length - 1)] = key
  }

  /** Takes out the key that came first. There must be one. */
  shift(): number {
    let key = this.next()
    while (this.behind > 0 && this.wasLeft(key)) {
      this.behind--
      key = this.next()
    }
    return key
  }

  /** Takes out a key that is in the queue. */
  remove(key: number): void {
    this.left.set(key, (this.left.get(key) ?? 0) + 1)
    this.behind++
  }

  private next(): number {
    const key = this.ring[this.first]
    this.first = (this.first + 1) & (this.ring.length - 1)
    this.length--
    return key
  }

  private wasLeft(key: number, left = this.left): boolean {
    const entries = left.get(key)
    if (entries === undefined) return false
    if (entries > 1) left.set(key, entries - 1)
    else left.delete(key)
    return true
  }

  /** Drops the entries that were left behind, and doubles the ring if that leaves it more than half full. */
  private grow(): void {
    const keys = this.keys()
    this.left.clear()
    this.behind = 0
    if (2 * keys.length > this.ring.length) this.ring = new Uint32Array(2 * this.ring.length)
    this.ring.set(keys)
    this.first = 0
    this.length = keys.length
  }

  /** The keys, oldest first. */
  private keys(): Uint32Array {
    const keys = new Uint32Array(this.size)
    const left = new Map(this.left)
    let size = 0
    for (let i = 0; i < this.length; i++) {
      const key = this.ring[(this.first + i) & (this.ring.length - 1)]
      if (!this.wasLeft(key, left)) keys[size++] = key
    }
    return keys
  }

  /** The keys, oldest first. */
  entries(mark?: (key: number) => string): QueueEntry[] {
    return Array.from(this.keys(), (key) => (mark ? { key, mark: mark(key) } : { key }))
  }
}
