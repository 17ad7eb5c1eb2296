import { hashFunctions } from '../hashing/index.js'

/** Whole numbers below this are looked up in a plain array. */
export const DIRECT = 1 << 24
const MAX_DIGITS = 8
/** What an index that takes a sample of the keys returns for a key outside of it. */
export const UNSAMPLED = 0xffffffff
const ZERO = 48
const NINE = 57

const encoder = new TextEncoder()

/**
 * Numbers keys of any bytes in the order in which they first come: 0, 1, 2, … Exact: keys are compared, not
 * only their hashes. An open hash table over one buffer of all keys, O(length) a key; some thirty bytes and
 * the key itself for each different one. Small whole numbers, which are the keys of most traces, take a short
 * cut: one access to an array of four bytes for each number up to the largest, amortised O(1).
 */
export class KeyIndex {
  /** How many different keys there are. */
  size = 0
  /** Number of each small whole number plus one; 0 for none. Its length is a power of two and grows. */
  private direct = new Uint32Array(1 << 11)
  /** For each place its entry plus one, 0 for none, and the hash beside it. At most three quarters full. */
  private table = new Uint32Array(2 << 11)
  /** Entries of the table: number, and where the key ends in `bytes`; it begins where the one before ends. */
  private entries = 0
  private numbers = new Uint32Array(1 << 11)
  private ends = new Float64Array(1 << 11)
  private bytes = new Uint8Array(1 << 15)

  /** The number of the key `source[start … end)`, a new one if it hasn't come before. */
  number(source: Uint8Array, start: number, end: number): number {
    const small = smallNumber(source, start, end)
    return small >= 0 ? this.numberOf(small) : this.lookUp(source, start, end)
  }

  /** The same for a key that is a whole number below 2²⁴. */
  numberOf(key: number): number {
    if (key >= this.direct.length) this.direct = enlarged(this.direct, 1 << (32 - Math.clz32(key)))
    const known = this.direct[key]
    if (known !== 0) return known - 1
    this.direct[key] = ++this.size
    return this.size - 1
  }

  /** Shows every key: its number, and where its bytes are. O(size), or O(largest small whole number) if that is more. */
  each(show: (number: number, bytes: Uint8Array, start: number, end: number) => void): void {
    for (let key = 0; key < this.direct.length; key++) {
      if (this.direct[key] === 0) continue
      const text = encoder.encode(String(key))
      show(this.direct[key] - 1, text, 0, text.length)
    }
    for (let entry = 0, start = 0; entry < this.entries; start = this.ends[entry++])
      show(this.numbers[entry], this.bytes, start, this.ends[entry])
  }

  private lookUp(source: Uint8Array, start: number, end: number): number {
    const hash = hashFunctions.murmur3.hash(source, start, end) >>> 0
    const { table } = this
    const mask = table.length - 2
    let place = (hash << 1) & mask
    for (let found = table[place]; found !== 0; found = table[place]) {
      if (table[place + 1] === hash && this.equals(found - 1, source, start, end))
        return this.numbers[found - 1]
      place = (place + 2) & mask
    }
    table[place] = this.entries + 1
    table[place + 1] = hash
    this.append(source, start, end)
    return this.size++
  }

  private equals(entry: number, source: Uint8Array, start: number, end: number): boolean {
    const from = entry === 0 ? 0 : this.ends[entry - 1]
    if (this.ends[entry] - from !== end - start) return false
    for (let i = start, j = from; i < end; i++, j++) if (this.bytes[j] !== source[i]) return false
    return true
  }

  private append(source: Uint8Array, start: number, end: number): void {
    const entry = this.entries++
    const from = entry === 0 ? 0 : this.ends[entry - 1]
    if (entry === this.numbers.length) {
      this.numbers = enlarged(this.numbers)
      this.ends = enlarged(this.ends)
    }
    while (from + end - start > this.bytes.length) this.bytes = enlarged(this.bytes)
    for (let i = start, j = from; i < end; i++, j++) this.bytes[j] = source[i]
    this.numbers[entry] = this.size
    this.ends[entry] = from + end - start
    if (8 * this.entries > 3 * this.table.length) this.rehash()
  }

  private rehash(): void {
    const { table } = this
    const larger = new Uint32Array(2 * table.length)
    const mask = larger.length - 2
    for (let old = 0; old < table.length; old += 2) {
      if (table[old] === 0) continue
      let place = (table[old + 1] << 1) & mask
      while (larger[place] !== 0) place = (place + 2) & mask
      larger[place] = table[old]
      larger[place + 1] = table[old + 1]
    }
    this.table = larger
  }
}

/** The value of a whole number below 2²⁴ without leading zeros; -1 for anything else. */
function smallNumber(source: Uint8Array, start: number, end: number): number {
  const length = end - start
  if (length === 0 || length > MAX_DIGITS || (length > 1 && source[start] === ZERO)) return -1
  let value = 0
  for (let i = start; i < end; i++) {
    const digit = source[i]
    if (digit < ZERO || digit > NINE) return -1
    value = value * 10 + digit - ZERO
  }
  return value < DIRECT ? value : -1
}

/** A copy with room behind it, twice the length where none is given. */
function enlarged<T extends Uint8Array | Uint32Array | Float64Array>(array: T, length = 2 * array.length): T {
  const larger = new (array.constructor as new (length: number) => T)(length)
  larger.set(array)
  return larger
}
