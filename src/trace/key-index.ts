import { hashFunctions } from '../hashing/index.js'
import { InputError } from '../input-error.js'

/** Whole numbers below this are looked up in a plain array. */
export const DIRECT = 1 << 24
const MAX_DIGITS = 8
/** What an index that takes a sample of the keys returns for a key outside of it. */
export const UNSAMPLED = 0xffffffff
const ZERO = 48
const NINE = 57

/** Bytes of a page of keys. */
const PAGE = 1 << 24
/** Keys begin at multiples of four bytes, so that 32 bits are enough for the places in 16 GiB. */
const UNIT_BITS = 2
const UNITS = PAGE >>> UNIT_BITS
const PAGE_BITS = 31 - Math.clz32(UNITS)
const MAX_PAGES = 2 ** (32 - PAGE_BITS)
/** A length from this on stands in four bytes behind this one. */
const LONG = 255

const encoder = new TextEncoder()

/**
 * Numbers keys of any bytes in the order in which they first come: 0, 1, 2, … Exact: keys are compared, not
 * only their hashes. An open hash table over pages of all keys, O(length) a key; some twenty bytes and the key itself for
 * each different one. Small whole numbers, which are the keys of most traces, take a short cut: one access to an array of
 * four bytes for each number up to the largest, amortised O(1). Throws InputError for more than 16 GiB of keys.
 */
export class KeyIndex {
  /** How many different keys there are. */
  size = 0
  /** Number of each small whole number plus one; 0 for none. Its length is a power of two and grows. */
  private direct = new Uint32Array(1 << 11)
  /** For each place its key's number plus one, 0 for none, and the hash beside it. At most three quarters full. */
  private table = new Uint32Array(2 << 11)
  /** Keys in the table. */
  private entries = 0
  /** Where each key of the table begins, by its number, in units: its length, then its bytes. */
  private starts = new Uint32Array(1 << 11)
  private readonly pages: Uint8Array[] = []
  /** Where the next key begins in the last page. */
  private end = PAGE

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
    for (let place = 0; place < this.table.length; place += 2) {
      const number = this.table[place] - 1
      if (number < 0) continue
      const page = this.pages[this.starts[number] >>> PAGE_BITS]
      const at = placeIn(this.starts[number])
      const length = lengthAt(page, at)
      const start = at + (length < LONG ? 1 : 5)
      show(number, page, start, start + length)
    }
  }

  private lookUp(source: Uint8Array, start: number, end: number): number {
    const hash = hashFunctions.murmur3.hash(source, start, end) >>> 0
    const { table } = this
    const mask = table.length - 2
    let place = (hash << 1) & mask
    for (let found = table[place]; found !== 0; found = table[place]) {
      if (table[place + 1] === hash && this.equals(found - 1, source, start, end)) return found - 1
      place = (place + 2) & mask
    }
    const number = this.size++
    table[place] = number + 1
    table[place + 1] = hash
    this.append(number, source, start, end)
    if (8 * ++this.entries > 3 * table.length) this.rehash()
    return number
  }

  private equals(number: number, source: Uint8Array, start: number, end: number): boolean {
    const unit = this.starts[number]
    const page = this.pages[unit >>> PAGE_BITS]
    let at = placeIn(unit)
    const length = lengthAt(page, at)
    if (length !== end - start) return false
    at += length < LONG ? 1 : 5
    for (let i = start; i < end; i++, at++) if (page[at] !== source[i]) return false
    return true
  }

  private append(number: number, source: Uint8Array, start: number, end: number): void {
    const length = end - start
    if (this.end + length + 5 > PAGE) this.turn(length)
    const page = this.pages[this.pages.length - 1]
    let at = this.end
    while (number >= this.starts.length) this.starts = enlarged(this.starts)
    this.starts[number] = (this.pages.length - 1) * UNITS + (at >>> UNIT_BITS)
    page[at++] = Math.min(length, LONG)
    if (length >= LONG) for (let shift = 0; shift < 32; shift += 8) page[at++] = length >>> shift
    for (let i = start; i < end; i++) page[at++] = source[i]
    this.end = (at + 3) & ~3
  }

  /** Begins a new page for a key of a length. */
  private turn(length: number): void {
    if (this.pages.length === MAX_PAGES || length + 5 > PAGE)
      throw new InputError(
        `the keys of a trace must have at most ${MAX_PAGES * PAGE} bytes in all, and ${PAGE - 5} each`,
      )
    this.pages.push(new Uint8Array(PAGE))
    this.end = 0
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

/** Where a unit is in its page. */
const placeIn = (unit: number) => (unit & (UNITS - 1)) << UNIT_BITS

/** The length of the key at a place of a page. */
function lengthAt(page: Uint8Array, at: number): number {
  if (page[at] < LONG) return page[at]
  return page[at + 1] | (page[at + 2] << 8) | (page[at + 3] << 16) | (page[at + 4] << 24)
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
function enlarged(array: Uint32Array, length = 2 * array.length) {
  const larger = new Uint32Array(length)
  larger.set(array)
  return larger
}
