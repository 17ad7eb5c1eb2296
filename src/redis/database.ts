import { INITIAL_COUNT } from '../eviction/logarithmic-counter.js'
import { wrongType } from './reply.js'
import { NEVER } from './time-source.js'
import { Bytes } from './values/bytes.js'
import type { Limits } from './values/limits.js'
import { QuickList } from './values/quick-list.js'
import { SortedSet } from './values/sorted-set.js'
import { Stream } from './values/stream.js'
import { type Collection, Hash, Members, sizeOf, type Value } from './values/value.js'
import { work } from './values/work.js'

/** A key with its value, in one object, so that a read costs one cache miss. */
export interface Entry {
  readonly key: string
  /** When it was used last, in whole seconds of the clock. */
  usedAt: number
  /** How often it was used: a logarithmic counter, and the minute in which it last decayed. */
  count: number
  countedAt: number
  value: Value
  /** Its position in the list of all entries. */
  place: number
  /** Bytes by our model of Redis's memory. */
  size: number
  /** Whether it has a time to live. */
  isVolatile: boolean
}

/** What is told about changes of keys: for WATCH, for blocked clients, for eviction. */
export interface Observer {
  /** The time at which the running command began. */
  readonly now: number
  /** A key was written to, or has gone. */
  changed(db: Database, key: string): void
  /** A list, a sorted set or a stream was created, or a stream has grown. */
  appeared(db: Database, key: string): void
  created(entry: Entry): void
  /** A key's time was over, and it is gone. */
  expired(db: Database, key: string): void
  used(entry: Entry): void
  /** A key was used by a command that reads it, or writes it. */
  read(entry: Entry): void
  /** A key was looked for, without using it. */
  looked(db: Database, key: string, isThere: boolean): void
  /** A keyspace event happened. */
  notify(db: Database, key: string, event: string, value?: Value): void
  /** The size changed by so many bytes. */
  resized(bytes: number): void
  /** A key of the database expires at this time, if not before. */
  expiring(at: number): void
}

/**
 * The keys of one database, with their values and times to live. Expired keys are removed before the next command, so
 * that no command sees one. Redis checks a key when it is used, and samples the others.
 */
export class Database {
  private readonly entries = new Map<string, Entry>()
  /** All entries by place, for drawing one at random and for scans. */
  readonly list: Entry[] = []
  readonly expiries = new SortedSet()
  /** Expired keys stay until somebody asks for them. */
  isLazy = false
  /** The earliest time at which a key expires. */
  nextExpiry = NEVER

  constructor(
    readonly index: number,
    private readonly observer: Observer,
    private readonly limits: Limits,
  ) {}

  get size(): number {
    return this.list.length
  }

  find(key: string): Entry | undefined {
    const entry = this.entries.get(key)
    return this.isLazy && entry?.isVolatile ? this.unexpired(entry) : entry
  }

  has(key: string): boolean {
    return this.find(key) !== undefined
  }

  /** The entry of a key that is asked for, without using it. */
  peek(key: string): Entry | undefined {
    const entry = this.find(key)
    this.observer.looked(this, key, entry !== undefined)
    return entry
  }

  /** Removes an entry whose time is over. */
  private unexpired(entry: Entry): Entry | undefined {
    if (this.expiresAt(entry.key) > this.observer.now) return entry
    this.remove(entry)
    this.observer.expired(this, entry.key)
    return undefined
  }

  /** The value of a key, which counts as using it. */
  get(key: string): Value | undefined {
    work.steps++
    const entry = this.find(key)
    if (entry === undefined) {
      this.observer.looked(this, key, false)
      return undefined
    }
    this.observer.read(entry)
    return entry.value
  }

  /**
   * Sets a value and when it expires, in milliseconds of the clock; by default never. As in Redis, a value in the place
   * of another serves no blocked clients.
   */
  put(key: string, value: Value, expiresAt = NEVER, event?: string): void {
    let entry = this.find(key)
    if (entry === undefined) {
      entry = this.create(key, value)
      if (event !== undefined) this.notify(key, 'new')
    } else {
      entry.value = value
      this.observer.used(entry)
    }
    if (entry.isVolatile || expiresAt !== NEVER) this.setExpiry(entry, expiresAt)
    this.written(entry)
    if (event) this.notify(key, event, value)
  }

  /** Sets a value and keeps the time to live. */
  replace(key: string, value: Value, event?: string): void {
    this.put(key, value, this.expiresAt(key), event)
  }

  /** Removes a key; false where there is none. */
  delete(key: string, event?: string): boolean {
    const entry = this.find(key)
    if (entry === undefined) return false
    this.remove(entry)
    this.observer.changed(this, key)
    if (event !== undefined) this.notify(key, event)
    return true
  }

  private remove(entry: Entry): void {
    const { key } = entry
    this.entries.delete(key)
    const last = this.list.pop()!
    if (last !== entry) {
      this.list[entry.place] = last
      last.place = entry.place
    }
    if (entry.isVolatile) this.forgetExpiry(key)
    this.observer.resized(-entry.size)
  }

  clear(): void {
    while (this.list.length > 0) this.delete(this.list[this.list.length - 1].key)
  }

  swap(other: Database): void {
    const [mine, others] = [this.contents(), other.contents()]
    this.clear()
    other.clear()
    for (const { key, value, expiresAt } of others) this.put(key, value, expiresAt)
    for (const { key, value, expiresAt } of mine) other.put(key, value, expiresAt)
  }

  private contents() {
    for (const { key } of [...this.list]) this.find(key)
    return this.list.map(({ key, value }) => ({ key, value, expiresAt: this.expiresAt(key) }))
  }

  /** Milliseconds of the clock; Infinity where a key never expires. */
  expiresAt(key: string): number {
    return this.expiries.size === 0 ? NEVER : (this.expiries.score(key) ?? NEVER)
  }

  expire(key: string, at: number, event?: string): void {
    this.setExpiry(this.entries.get(key)!, at)
    this.observer.changed(this, key)
    if (event !== undefined) this.notify(key, event)
  }

  /** Removes expired keys. */
  removeExpired(now: number): void {
    while (this.nextExpiry <= now) {
      const { member } = this.expiries.range(0, 1)[0]
      this.remove(this.entries.get(member)!)
      this.observer.expired(this, member)
    }
  }

  /**
   * To call after a value was changed in place: removes an empty collection, and tells observers, who pass on the event
   * by which it was changed.
   */
  changed(key: string, event?: string): void {
    const entry = this.entries.get(key)
    if (entry === undefined) return
    const { value } = entry
    if (!isEmpty(value)) this.written(entry)
    if (event !== undefined) this.notify(key, event, value)
    if (isEmpty(value)) this.delete(key, 'del')
  }

  /** Makes all values anew, without telling observers: DEBUG RELOAD. */
  rebuild(anew: (value: Value) => Value): void {
    for (const entry of this.list) {
      entry.value = anew(entry.value)
      this.observer.created(entry)
      this.measure(entry)
    }
  }

  /** Keeps the same value in another encoding, which tells observers nothing but its size. */
  recode(key: string, value: Value): void {
    const entry = this.entries.get(key)!
    entry.value = value
    this.measure(entry)
  }

  /** Passes on a keyspace event: of the value's type, or one that has nothing to do with types. */
  notify(key: string, event: string, value?: Value): void {
    this.observer.notify(this, key, event, value)
  }

  private written(entry: Entry): void {
    this.measure(entry)
    this.observer.changed(this, entry.key)
  }

  private measure(entry: Entry): void {
    const { value } = entry
    if (value instanceof Hash || value instanceof SortedSet || value instanceof Members)
      value.check(this.limits)
    const size = sizeOf(entry.key, entry.value)
    if (size !== entry.size) {
      this.observer.resized(size - entry.size)
      entry.size = size
    }
  }

  /** A string's text, of which `most` bytes are enough; throws a RangeError where it is longer than a text can be. */
  string(key: string, most?: number): string | undefined {
    const value = this.stringValue(key)
    return value instanceof Bytes ? value.toString(most) : value
  }

  /** The value of a string as it is kept. */
  stringValue(key: string): string | Bytes | undefined {
    const value = this.get(key)
    if (value === undefined || typeof value === 'string' || value instanceof Bytes) return value
    throw wrongType()
  }

  /** A string as a reply. */
  stringReply(key: string): string | Uint8Array | null {
    const value = this.stringValue(key)
    if (value === undefined) return null
    return typeof value === 'string' ? value : value.reply()
  }

  /** A string to change in place, created if missing. */
  bytes(key: string): Bytes {
    const entry = this.find(key)
    const value = entry?.value
    if (entry) this.observer.used(entry)
    if (value instanceof Bytes) {
      value.encoding = 'raw'
      return value
    }
    if (value !== undefined && typeof value !== 'string') throw wrongType()
    const bytes = new Bytes(value ?? '')
    if (value === undefined) {
      this.create(key, bytes)
      this.notify(key, 'new')
    } else entry!.value = bytes
    return bytes
  }

  hash(key: string): Hash | undefined {
    return this.collection(key, Hash)
  }

  listAt(key: string): QuickList | undefined {
    return this.collection(key, QuickList)
  }

  set(key: string): Members | undefined {
    return this.collection(key, Members)
  }

  sortedSet(key: string): SortedSet | undefined {
    return this.collection(key, SortedSet)
  }

  stream(key: string): Stream | undefined {
    return this.collection(key, Stream)
  }

  /** Serves clients that wait for more in a key that is there. */
  grown(key: string): void {
    this.observer.appeared(this, key)
  }

  /** A collection to write to, created if missing. */
  ensure<T extends Collection>(key: string, type: new () => T): T {
    const found = this.collection(key, type)
    if (found) return found
    const made = new type()
    this.create(key, made)
    this.notify(key, 'new')
    return made
  }

  private collection<T extends Collection>(key: string, type: new () => T): T | undefined {
    const value = this.get(key)
    if (value === undefined) return undefined
    if (value instanceof type) return value
    throw wrongType()
  }

  private create(key: string, value: Value): Entry {
    const entry = {
      key,
      value,
      place: this.list.length,
      size: 0,
      isVolatile: false,
      usedAt: 0,
      count: INITIAL_COUNT,
      countedAt: 0,
    }
    this.entries.set(key, entry)
    this.list.push(entry)
    this.observer.created(entry)
    if (isBlockable(value)) this.observer.appeared(this, key)
    return entry
  }

  private setExpiry(entry: Entry, at: number): void {
    if (at === NEVER) {
      if (entry.isVolatile) this.forgetExpiry(entry.key)
    } else {
      this.expiries.set(entry.key, at)
      this.noteNextExpiry()
    }
    entry.isVolatile = at !== NEVER
  }

  private forgetExpiry(key: string): void {
    this.expiries.delete(key)
    this.noteNextExpiry()
  }

  private noteNextExpiry(): void {
    this.nextExpiry = this.expiries.size === 0 ? NEVER : this.expiries.range(0, 1)[0].score
    this.observer.expiring(this.nextExpiry)
  }
}

function isBlockable(value: Value): boolean {
  return (
    typeof value !== 'string' &&
    (value instanceof QuickList || value instanceof SortedSet || value instanceof Stream)
  )
}

function isEmpty(value: Value): boolean {
  if (typeof value === 'string' || value instanceof Bytes || value instanceof Stream) return false
  return value instanceof QuickList ? value.length === 0 : value.size === 0
}
