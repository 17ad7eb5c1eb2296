import { CandidatePool } from '../eviction/candidate-pool.js'
import { decayedCount, MAX_COUNT, raisedCount } from '../eviction/logarithmic-counter.js'
import type { Random } from '../random/random.js'
import type { Database, Entry } from './database.js'
import type { Settings } from './settings.js'

const SECOND = 1000
const MINUTE = 60_000

/** Keeps the memory of all databases below `maxmemory` by Redis's policies, which sample keys. */
export class Eviction {
  private pool = new CandidatePool<{ db: Database; key: string }>()
  private pooledFor = ''
  evicted = 0

  constructor(
    private readonly databases: readonly Database[],
    private readonly settings: Settings,
    private readonly random: Random,
  ) {}

  /** Counts a use of a key. */
  count(entry: Entry, now: number): void {
    entry.count = raisedCount(this.countOf(entry, now), this.random, this.settings.lfuLogFactor)
    entry.countedAt = Math.floor(now / MINUTE)
  }

  /** The counter of a key's uses, decayed to now. */
  countOf({ count, countedAt }: Entry, now: number): number {
    const { lfuDecayTime } = this.settings
    if (lfuDecayTime === 0) return count
    return decayedCount(count, Math.floor((Math.floor(now / MINUTE) - countedAt) / lfuDecayTime))
  }

  /** Evicts one key; false if the policy allows none to leave. */
  evictOne(now: number): boolean {
    const { maxmemoryPolicy: policy } = this.settings
    if (policy === 'noeviction') return false
    const victim = policy.endsWith('random') ? this.drawn() : this.best(now)
    if (victim === undefined) return false
    victim.db.delete(victim.key, 'evicted')
    this.evicted++
    return true
  }

  private drawn(): { db: Database; key: string } | undefined {
    const filled = this.databases.filter((db) => this.candidates(db) > 0)
    if (filled.length === 0) return undefined
    const db = filled[this.random.below(filled.length)]
    return { db, key: this.sample(db) }
  }

  private best(now: number): { db: Database; key: string } | undefined {
    const { maxmemoryPolicy: policy, maxmemorySamples: samples } = this.settings
    if (this.pooledFor !== policy) this.pool = new CandidatePool()
    this.pooledFor = policy
    for (;;) {
      const filled = this.databases.filter((db) => this.candidates(db) > 0)
      if (filled.length === 0) return undefined
      for (const db of filled) {
        for (let i = 0; i < samples; i++) {
          const key = this.sample(db)
          this.pool.offer({ db, key }, this.score(db, db.find(key)!, now))
        }
      }
      for (let victim = this.pool.take(); victim !== undefined; victim = this.pool.take()) {
        const { db, key } = victim
        if (this.isVolatile ? db.expiries.score(key) !== undefined : db.has(key)) return victim
      }
    }
  }

  private get isVolatile(): boolean {
    return this.settings.maxmemoryPolicy.startsWith('volatile')
  }

  private candidates(db: Database): number {
    return this.isVolatile ? db.expiries.size : db.size
  }

  private sample(db: Database): string {
    const at = this.random.below(this.candidates(db))
    return this.isVolatile ? db.expiries.range(at, 1)[0].member : db.list[at].key
  }

  /** The sampled key with the highest score is evicted. */
  private score(db: Database, entry: Entry, now: number): number {
    const { maxmemoryPolicy: policy } = this.settings
    if (policy.endsWith('ttl')) return -db.expiresAt(entry.key)
    if (policy.endsWith('lfu')) return MAX_COUNT - this.countOf(entry, now)
    return now / SECOND - entry.usedAt
  }
}
