import { hashFunctions } from '../hashing/index.js'

/** Different keys that are remembered: 12 bytes a slot, and so at most 400 MB. */
const MAX_DIFFERENT = 25_000_000
const FIRST_SLOTS = 1 << 14
/** Slots are doubled when this share of them is taken. */
const FULL = 0.75
/** Keys that are named. */
const NAMED = 3

/** A key that occurs several times in a list, and how often. */
export interface RepeatedKey {
  readonly key: string
  readonly count: number
}

/**
 * Finds the keys of a list that occurred before. Keys are told apart by two hashes of 32 bits together: that two of n
 * different ones are taken for one has a probability of n² ÷ 2⁶⁵, one in four million for three million keys. After 25
 * million different keys new ones are no longer remembered. O(1) a key.
 */
export class RepeatedKeys {
  /** Keys that had occurred before. */
  repeats = 0
  /** Whether every key so far was remembered. */
  isComplete = true
  /** The keys that occur most often, of those that do more than once; the most frequent first. */
  most: readonly RepeatedKey[] = []
  private different = 0
  private first = new Uint32Array(FIRST_SLOTS)
  private second = new Uint32Array(FIRST_SLOTS)
  /** How often the key in a slot has occurred; 0 where the slot is free. */
  private counts = new Uint32Array(FIRST_SLOTS)

  /** Adds the key `bytes[start…end)`. True if it had not occurred before. */
  add(bytes: Uint8Array, start: number, end: number): boolean {
    const first = hashFunctions.murmur3.hash(bytes, start, end)
    const second = hashFunctions.xxh32.hash(bytes, start, end)
    const slot = this.slotOf(first, second)
    if (this.counts[slot] === 0) {
      if (this.different >= MAX_DIFFERENT) this.isComplete = false
      else this.fill(slot, first, second, 1)
      return true
    }
    this.repeats++
    const count = ++this.counts[slot]
    if (this.most.length < NAMED || count > this.most[NAMED - 1].count)
      this.name(bytes.slice(start, end), count)
    return false
  }

  /** The slot of a key: its own, or the free one where it belongs. */
  private slotOf(first: number, second: number): number {
    const mask = this.counts.length - 1
    let slot = first & mask
    while (this.counts[slot] > 0 && (this.first[slot] !== first || this.second[slot] !== second))
      slot = (slot + 1) & mask
    return slot
  }

  private fill(slot: number, first: number, second: number, count: number): void {
    this.first[slot] = first
    this.second[slot] = second
    this.counts[slot] = count
    if (++this.different > FULL * this.counts.length) this.grow()
  }

  private grow(): void {
    const { first, second, counts } = this
    const slots = 2 * counts.length
    this.first = new Uint32Array(slots)
    this.second = new Uint32Array(slots)
    this.counts = new Uint32Array(slots)
    this.different = 0
    for (let i = 0; i < counts.length; i++)
      if (counts[i] > 0) this.fill(this.slotOf(first[i], second[i]), first[i], second[i], counts[i])
  }

  /** A key that occurs most often does so, at the latest, when it occurs for the last time: no other need be kept. */
  private name(bytes: Uint8Array, count: number): void {
    const key = new TextDecoder().decode(bytes)
    const others = this.most.filter((other) => other.key !== key)
    this.most = [...others, { key, count }].sort((a, b) => b.count - a.count).slice(0, NAMED)
  }
}
