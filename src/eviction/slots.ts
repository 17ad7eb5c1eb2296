import { KeySet } from './key-set.js'
import { Weights } from './weights.js'

const NONE = -1

/**
 * A cache as numbered slots without gaps, for policies that draw lots. O(1) for everything; a bit a key, four bytes a
 * slot, and four more a key once it is asked for a key's slot.
 */
export class Slots {
  readonly keys: Uint32Array
  size = 0
  /** What the keys take up together. */
  weight = 0
  readonly weights: Weights
  private readonly members: KeySet
  private slotOf: Uint32Array | undefined
  /** A slot that is empty until the next key comes. */
  private hole = NONE

  constructor(
    capacity: number,
    private readonly keyCount: number,
    sized: boolean,
  ) {
    this.keys = new Uint32Array(Math.min(capacity, keyCount))
    this.members = new KeySet(keyCount)
    this.weights = new Weights(keyCount, sized)
  }

  has(key: number): boolean {
    return this.members.has(key)
  }

  /** The slot of a key that is inside. */
  find(key: number): number {
    if (this.slotOf === undefined) {
      this.slotOf = new Uint32Array(this.keyCount)
      for (let slot = 0; slot < this.size; slot++) this.slotOf[this.keys[slot]] = slot
    }
    return this.slotOf[key]
  }

  /** Puts a key that isn't inside into the slot that was emptied last, or behind all others. */
  add(key: number, size: number): void {
    this.weights.set(key, size)
    this.weight += size
    this.members.add(key)
    const slot = this.hole === NONE ? this.size++ : this.hole
    this.hole = NONE
    this.put(slot, key)
  }

  /** Empties a slot, which the next key gets. There must be no other empty one. */
  empty(slot: number): void {
    const key = this.keys[slot]
    this.members.remove(key)
    this.weight -= this.weights.of(key)
    this.hole = slot
  }

  /** Fills the empty slot with the last key, so that all slots hold keys. */
  close(): void {
    if (this.hole === NONE) return
    const last = --this.size
    if (this.hole !== last) this.put(this.hole, this.keys[last])
    this.hole = NONE
  }

  private put(slot: number, key: number): void {
    this.keys[slot] = key
    if (this.slotOf !== undefined) this.slotOf[key] = slot
  }

  /** Takes out a key that is inside. */
  remove(key: number): void {
    this.empty(this.find(key))
    this.close()
  }

  /** The keys by their slots. O(size). */
  list(): number[] {
    return Array.from(this.keys.subarray(0, this.size))
  }
}
