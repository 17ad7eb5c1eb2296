import type { QueueEntry } from './policy.js'

/** First in, first out: a ring of keys with room for `entries` of them. Everything is O(1); four bytes an entry. */
export class KeyQueue {
  size = 0
  private readonly ring: Uint32Array
  private first = 0

  constructor(entries: number) {
    this.ring = new Uint32Array(entries)
  }

  /** Puts a key at the end. There must be room. */
  push(key: number): void {
    const at = this.first + this.size++
    this.ring[at < this.ring.length ? at : at - this.ring.length] = key
  }

  /** Takes out the key that came first. There must be one. */
  shift(): number {
    const key = this.ring[this.first]
    this.first = this.first + 1 === this.ring.length ? 0 : this.first + 1
    this.size--
    return key
  }

  /** The keys, newest first. */
  entries(mark: (key: number) => string): QueueEntry[] {
    return Array.from({ length: this.size }, (_, i) => {
      const key = this.ring[(this.first + this.size - 1 - i) % this.ring.length]
      return { key, mark: mark(key) }
    })
  }
}
