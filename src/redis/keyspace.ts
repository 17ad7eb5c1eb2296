import { Database, type Entry, type Observer } from './database.js'
import { Eviction } from './memory.js'
import { announce } from './notifications.js'
import type { Server } from './server.js'
import { NEVER } from './time-source.js'
import type { Value } from './values/value.js'

/** All databases of a server, with what their keys need together: memory, expiry, and who is told of their changes. */
export class Keyspace implements Observer {
  readonly databases: readonly Database[]
  readonly eviction: Eviction
  /** Writes since the start, as Redis counts them for snapshots. */
  changes = 0
  /** Bytes of all keys by our model. */
  usedMemory = 0
  /** When the next key expires, or earlier. */
  nextExpiry = NEVER
  /** Whether the keys that the running command looks up count as read. */
  isReading = false
  /** What DEBUG SET-ACTIVE-EXPIRE has set. */
  private isActive = true
  /** Whether keys go by expiry or eviction, and not by a client. */
  private isCleaning = false
  /** Whether databases are flushed or swapped, which CLIENT TRACKING isn't told key by key. */
  private isWhole = false

  constructor(
    private readonly server: Server,
    databases: number,
  ) {
    const { settings, random } = server
    this.databases = Array.from({ length: databases }, (_, index) => new Database(index, this, settings))
    this.eviction = new Eviction(this.databases, settings, random)
  }

  get now(): number {
    return this.server.now
  }

  /** Removes the keys whose time is over. */
  expire(): void {
    this.nextExpiry = NEVER
    for (const db of this.databases) {
      if (db.isLazy) continue
      db.removeExpired(this.now)
      this.expiring(db.nextExpiry)
    }
  }

  /** Whether expired keys are removed before somebody asks for them, which they aren't while DEBUG PAUSE-CRON lasts. */
  expireActively(isActive = this.isActive): void {
    this.isActive = isActive
    for (const db of this.databases) db.isLazy = !isActive || this.server.isCronPaused
    this.expire()
  }

  /** Frees memory by eviction; false if that isn't enough. */
  makeRoom(): boolean {
    const { settings, pause, tracking, current } = this.server
    this.isCleaning = true
    while (this.usedMemory > settings.maxmemory && !pause && this.eviction.evictOne(this.now)) {}
    this.isCleaning = false
    if (tracking !== undefined && current !== undefined) tracking.tellOwn(current)
    return this.usedMemory <= settings.maxmemory || pause !== undefined
  }

  swap(one: Database, other: Database): void {
    this.isWhole = true
    one.swap(other)
    this.isWhole = false
  }

  /** Removes all keys of databases. */
  flush(databases: readonly Database[]): void {
    this.server.tracking?.flushed()
    this.isWhole = true
    for (const db of databases) db.clear()
    this.isWhole = false
  }

  changed(db: Database, key: string): void {
    const { watches, tracking, current, onChange } = this.server
    this.changes++
    if (watches.any) watches.touched(db, key)
    if (tracking !== undefined && !this.isWhole) tracking.changed(key, this.isCleaning ? undefined : current)
    onChange?.(db, key)
  }

  created(entry: Entry): void {
    const { seconds } = this.server
    entry.usedAt = seconds
    entry.countedAt = Math.floor(seconds / 60)
  }

  read(entry: Entry): void {
    if (this.isReading) this.server.stats.hits++
    this.used(entry)
  }

  used(entry: Entry): void {
    const { seconds, settings } = this.server
    entry.usedAt = seconds
    if (settings.isCounting) this.eviction.count(entry, this.now)
  }

  looked(db: Database, key: string, isThere: boolean): void {
    if (!this.isReading) return
    const { stats } = this.server
    if (isThere) stats.hits++
    else {
      stats.misses++
      this.notify(db, key, 'keymiss')
    }
  }

  notify(db: Database, key: string, event: string, value?: Value): void {
    const { server } = this
    if (server.settings.notifyKeyspaceEvents !== 0) announce(server, db, key, event, value)
  }

  appeared(db: Database, key: string): void {
    const { blocking } = this.server
    if (blocking.any) blocking.ready(db, key)
  }

  resized(bytes: number): void {
    this.usedMemory += bytes
  }

  expiring(at: number): void {
    if (at < this.nextExpiry) this.nextExpiry = at
  }

  expired(db: Database, key: string): void {
    const { pause, stats } = this.server
    if (pause) pause.hide(db, key)
    else {
      stats.expired++
      this.isCleaning = true
      this.notify(db, key, 'expired')
      this.changed(db, key)
      this.isCleaning = false
    }
  }
}
