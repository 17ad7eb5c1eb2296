/**
 * A cache as numbered slots, filled in order: for policies that replace one key by another in its place.
 * O(1) for everything; four bytes a slot and four a key.
 */
export class Slots {
  readonly keys: Uint32Array
  size = 0
  /** Slot of each key plus one; 0 for a key that isn't cached. */
  private readonly slotOf: Uint32Array

  constructor(capacity: number, keyCount: number) {
    this.keys = new Uint32Array(Math.min(capacity, keyCount))
    this.slotOf = new Uint32Array(keyCount)
  }

  get full(): boolean {
    return this.size === this.keys.length
  }

  /** The slot of a key, or -1. */
  find(key: number): number {
    return this.slotOf[key] - 1
  }

  /** Puts a key into the next free slot. */
  append(key: number): number {
    this.keys[this.size] = key
    this.slotOf[key] = ++this.size
    return this.size - 1
  }

  /** Puts a key in the place of the one in a slot. */
  replace(slot: number, key: number): void {
    this.slotOf[this.keys[slot]] = 0
    this.keys[slot] = key
    this.slotOf[key] = slot + 1
  }

  /** All keys, beginning with the one in slot `first` and around. */
  from(first: number): number[] {
    return Array.from({ length: this.size }, (_, i) => this.keys[(first + i) % this.size])
  }
}
