import { hashFunctions } from '../hashing/index.js'

/**
 * Numbers keys of any bytes in the order in which they first come: 0, 1, 2, … Exact: keys are compared, not
 * only their hashes. An open hash table over one buffer of all keys; O(length) a key, sixteen bytes and the
 * key itself for each different one.
 */
export class KeyIndex {
  /** How many different keys there are. */
  size = 0
  /** Number of the key in each place plus one; 0 for none. At most half full. */
  private table = new Uint32Array(1 << 12)
  private hashes = new Uint32Array(1 << 11)
  /** Where each key ends in `bytes`; it begins where the one before ends. */
  private ends = new Float64Array(1 << 11)
  private bytes = new Uint8Array(1 << 15)

  /** The number of the key `source[start … end)`, a new one if it hasn't come before. */
  number(source: Uint8Array, start: number, end: number): number {
    const hash = hashFunctions.murmur3.hash(source, start, end)
    const mask = this.table.length - 1
    let place = hash & mask
    for (;;) {
      const found = this.table[place]
      if (found === 0) break
      if (this.hashes[found - 1] === hash && this.equals(found - 1, source, start, end)) return found - 1
      place = (place + 1) & mask
    }
    this.table[place] = this.size + 1
    return this.append(hash, source, start, end)
  }

  private equals(key: number, source: Uint8Array, start: number, end: number): boolean {
    const from = key === 0 ? 0 : this.ends[key - 1]
    if (this.ends[key] - from !== end - start) return false
    for (let i = start, j = from; i < end; i++, j++) if (this.bytes[j] !== source[i]) return false
    return true
  }

  private append(hash: number, source: Uint8Array, start: number, end: number): number {
    const key = this.size++
    const from = key === 0 ? 0 : this.ends[key - 1]
    if (key === this.hashes.length) {
      this.hashes = doubled(this.hashes, Uint32Array)
      this.ends = doubled(this.ends, Float64Array)
    }
    while (from + end - start > this.bytes.length) this.bytes = doubled(this.bytes, Uint8Array)
    for (let i = start, j = from; i < end; i++, j++) this.bytes[j] = source[i]
    this.hashes[key] = hash
    this.ends[key] = from + end - start
    if (2 * this.size > this.table.length) this.rehash()
    return key
  }

  private rehash(): void {
    const mask = 2 * this.table.length - 1
    this.table = new Uint32Array(mask + 1)
    for (let key = 0; key < this.size; key++) {
      let place = this.hashes[key] & mask
      while (this.table[place] !== 0) place = (place + 1) & mask
      this.table[place] = key + 1
    }
  }
}

interface Growable<T> {
  readonly length: number
  set(source: T): void
}

function doubled<T extends Growable<T>>(array: T, type: new (length: number) => T): T {
  const larger = new type(array.length * 2)
  larger.set(array)
  return larger
}
