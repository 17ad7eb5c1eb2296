import { KeyStates } from './key-states.js'

const ABSENT = 0
const CACHED = 1

/**
 * A cache as numbered slots, filled in order: for policies that replace one key by another in its place.
 * O(1) for everything; four bytes a slot and half a byte a key.
 */
export class Slots {
  readonly keys: Uint32Array
  /** 0 for a key that isn't cached, 1 for one that has just come; a policy may set others above. */
  readonly states: KeyStates
  size = 0

  constructor(capacity: number, keyCount: number) {
    this.keys = new Uint32Array(Math.min(capacity, keyCount))
    this.states = new KeyStates(keyCount)
  }

  get full(): boolean {
    return this.size === this.keys.length
  }

  has(key: number): boolean {
    return this.states.get(key) !== ABSENT
  }

  /** Puts a key into the next free slot. */
  append(key: number): void {
    this.states.set(key, CACHED)
    this.keys[this.size++] = key
  }

  /** Puts a key in the place of the one in a slot. */
  replace(slot: number, key: number): void {
    this.states.set(this.keys[slot], ABSENT)
    this.states.set(key, CACHED)
    this.keys[slot] = key
  }

  /** The slot after this one, around. */
  after(slot: number): number {
    return slot + 1 === this.size ? 0 : slot + 1
  }

  /** All keys, beginning with the one in slot `first` and around. */
  from(first: number): number[] {
    return Array.from({ length: this.size }, (_, i) => this.keys[(first + i) % this.size])
  }
}
