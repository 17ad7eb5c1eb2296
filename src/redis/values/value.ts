import { isInteger } from '../numbers.js'
import { Bytes } from './bytes.js'
import { IndexedMap } from './indexed-map.js'
import { type Limits, UNLIMITED } from './limits.js'
import { QuickList } from './quick-list.js'
import { SortedSet } from './sorted-set.js'
import { Stream } from './stream.js'
import { work } from './work.js'

const LONGEST_EMBEDDED = 44

/** Fields and their values. */
export class Hash {
  private readonly fields = new IndexedMap<string>()
  bytes = 0
  /** Whether it is a listpack. */
  isPacked = true
  /** The longest word since the limits were checked; -1 where nothing was written. */
  private longest = -1

  get size(): number {
    return this.fields.size
  }

  /** Converts it from a listpack, and never back, if what was written passes a limit. */
  check({ hashMaxListpackEntries, hashMaxListpackValue }: Limits): void {
    if (this.longest < 0) return
    if (this.size > hashMaxListpackEntries || this.longest > hashMaxListpackValue) this.isPacked = false
    this.longest = -1
  }

  get names(): readonly string[] {
    return this.fields.keys
  }

  get values(): readonly string[] {
    return this.fields.values
  }

  /** All fields, each with its value behind it. */
  pairs(): string[] {
    work.steps += this.size
    return this.names.flatMap((name, i) => [name, this.values[i]])
  }

  get(field: string): string | undefined {
    work.steps++
    return this.fields.get(field)
  }

  has(field: string): boolean {
    work.steps++
    return this.fields.has(field)
  }

  /** Sets a field; true if it is new. */
  set(field: string, value: string): boolean {
    work.steps++
    const before = this.fields.get(field)
    this.bytes += value.length - (before === undefined ? -field.length : before.length)
    this.fields.set(field, value)
    if (field.length > this.longest) this.longest = field.length
    if (value.length > this.longest) this.longest = value.length
    return before === undefined
  }

  delete(field: string): boolean {
    work.steps++
    const value = this.fields.get(field)
    if (value === undefined) return false
    this.bytes -= field.length + value.length
    return this.fields.delete(field, this.isPacked)
  }
}

/** Members without an order. */
export class Members {
  private readonly places = new IndexedMap<true>()
  bytes = 0
  /** Whether it is an intset: a small set of integers, which Redis stores sorted. */
  isIntegers = true
  private hasGrown = false

  constructor(members: Iterable<string> = []) {
    for (const member of members) this.add(member)
  }

  get size(): number {
    return this.places.size
  }

  /** Converts it from an intset, and never back, if it has grown over the limit. */
  check({ setMaxIntsetEntries }: Limits): void {
    if (this.hasGrown && this.size > setMaxIntsetEntries) this.isIntegers = false
    this.hasGrown = false
  }

  /** All members by position. */
  get list(): readonly string[] {
    return this.places.keys
  }

  /** All members in Redis's order, where it has one: integers are sorted. */
  inOrder(): readonly string[] {
    work.steps += this.size
    if (!this.isIntegers) return this.list
    return [...this.list].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))
  }

  has(member: string): boolean {
    work.steps++
    return this.places.has(member)
  }

  add(member: string): boolean {
    work.steps++
    if (!this.places.set(member, true)) return false
    this.bytes += member.length
    if (this.isIntegers && !isInteger(member)) this.isIntegers = false
    this.hasGrown = true
    return true
  }

  delete(member: string): boolean {
    work.steps++
    if (!this.places.delete(member)) return false
    this.bytes -= member.length
    return true
  }
}

export type Collection = Hash | QuickList | Members | SortedSet | Stream
/** A string that is set as a whole is text; one that is changed in place is `Bytes`. */
export type Value = string | Bytes | Collection

export type TypeName = 'string' | 'hash' | 'list' | 'set' | 'zset' | 'stream'

export function typeOf(value: Value): TypeName {
  if (value instanceof Hash) return 'hash'
  if (value instanceof QuickList) return 'list'
  if (value instanceof Members) return 'set'
  if (value instanceof SortedSet) return 'zset'
  return value instanceof Stream ? 'stream' : 'string'
}

/** The encoding in Redis 7.0, as OBJECT ENCODING returns it. */
export function encodingOf(value: Value): string {
  if (typeof value === 'string') {
    if (isInteger(value)) return 'int'
    return value.length <= LONGEST_EMBEDDED ? 'embstr' : 'raw'
  }
  if (value instanceof Hash) return value.isPacked ? 'listpack' : 'hashtable'
  if (value instanceof Members) return value.isIntegers ? 'intset' : 'hashtable'
  if (value instanceof SortedSet) return value.isPacked ? 'listpack' : 'skiplist'
  if (value instanceof QuickList) return 'quicklist'
  if (value instanceof Stream) return 'stream'
  return value.length <= LONGEST_EMBEDDED ? value.encoding : 'raw'
}

/** A copy in the same encoding. */
export function copyOf(value: Value): Value {
  if (value instanceof Bytes) return value.copy()
  const copy = rebuilt(value)
  if (copy instanceof Hash || copy instanceof Members || copy instanceof SortedSet) copy.check(UNLIMITED)
  if (value instanceof Members) (copy as Members).isIntegers = value.isIntegers
  else if (value instanceof Hash || value instanceof SortedSet)
    (copy as Hash | SortedSet).isPacked = value.isPacked
  return copy
}

/** The same value as one that was read from a file: its encoding is chosen anew. */
export function rebuilt(value: Value): Value {
  if (typeof value === 'string') return value
  if (value instanceof Bytes) return value.toString()
  if (value instanceof Stream) return value.copy()
  if (value instanceof QuickList) return QuickList.of(value.slice())
  if (value instanceof Members) return new Members(value.list)
  if (value instanceof SortedSet) return SortedSet.of(value.items())
  const copy = new Hash()
  for (const [i, name] of value.names.entries()) copy.set(name, value.values[i])
  return copy
}

/** Bytes of an entry in the table of keys: its links, its place in the table and the object that holds the value. */
const ENTRY = 24 + 8 + 16
const HEADER = 4
/** Bytes of overhead of a member or a field, by encoding. */
const PACKED = 3
const HASHED = 24 + 8 + 2 * HEADER
const SKIPPED = 24 + 8 + 40 + HEADER
const INTEGER = 4
/** Bytes of a stream's node: its place in the tree, and the listpack's counters. */
const NODE = 64

/**
 * Bytes that a key with its value costs in our model of Redis's memory: 48 for the entry and four a string's header;
 * 3 an item in one piece of memory, 40 a field or member in a hash table, 76 a member in a skip list. A node of a stream
 * costs 64 and its listpack.
 */
export function sizeOf(key: string, value: Value): number {
  return ENTRY + HEADER + key.length + sizeOfValue(value)
}

function sizeOfValue(value: Value): number {
  if (typeof value === 'string') return isInteger(value) ? 0 : HEADER + value.length
  if (value instanceof Bytes) return HEADER + value.length
  if (value instanceof QuickList) return 64 + value.bytes + value.length * PACKED
  if (value instanceof Hash) return 16 + value.bytes + value.size * (value.isPacked ? 2 * PACKED : HASHED)
  if (value instanceof SortedSet)
    return 16 + value.bytes + value.size * (value.isPacked ? PACKED + 8 : SKIPPED)
  if (value instanceof Stream) return 64 + value.bytes + value.nodes.length * NODE
  return value.isIntegers ? 16 + value.size * INTEGER : 64 + value.bytes + value.size * HASHED
}
