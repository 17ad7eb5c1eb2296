import type { Entry, EvictionPolicy, Queue } from './policy.js'

const NONE = 0xffffffff

/**
 * Least frequently used: the key with the fewest requests since it was cached leaves; of several the least
 * recently used. Counts begin anew when a key comes back.
 *
 * Keys of one count are a list in order of use, and the counts that occur are a list in ascending order, so
 * every request is O(1). Twelve bytes a key and twenty a count, of which there are at most as many as slots.
 *
 * Shah, Mitra and Matani, "An O(1) Algorithm for Implementing the LFU Cache Eviction Scheme", 2010.
 */
export class Lfu implements EvictionPolicy {
  private size = 0
  /** The group of each cached key, and its neighbours there: older and newer. */
  private readonly groupOf: Uint32Array
  private readonly older: Uint32Array
  private readonly newer: Uint32Array
  /** Groups by number: their count, oldest and newest key, and the groups with the next lower and higher count. */
  private readonly count: Float64Array
  private readonly oldest: Uint32Array
  private readonly newest: Uint32Array
  private readonly lower: Uint32Array
  private readonly higher: Uint32Array
  /** Group 0 has count 0 and no keys; it stands below all others. */
  private free = 1

  constructor(
    readonly capacity: number,
    keyCount: number,
  ) {
    // One more than can be in use at once: a new group is made before an emptied one is given back.
    const groups = Math.min(capacity, keyCount) + 2
    this.groupOf = new Uint32Array(keyCount)
    this.older = new Uint32Array(keyCount)
    this.newer = new Uint32Array(keyCount)
    this.count = new Float64Array(groups)
    this.oldest = new Uint32Array(groups).fill(NONE)
    this.newest = new Uint32Array(groups).fill(NONE)
    this.lower = new Uint32Array(groups)
    this.higher = new Uint32Array(groups).fill(NONE)
    // Free groups are chained through `lower`.
    for (let group = 1; group < groups; group++) this.lower[group] = group + 1
  }

  access(key: number): boolean {
    const group = this.groupOf[key]
    if (group !== 0) {
      const above = this.above(group)
      this.leave(key)
      this.join(key, above)
      return true
    }
    if (this.size === this.capacity) this.leave(this.oldest[this.higher[0]])
    else this.size++
    this.join(key, this.above(0))
    return false
  }

  /** The group whose count is one more than this one's; made if there is none. */
  private above(group: number): number {
    const next = this.higher[group]
    const count = this.count[group] + 1
    if (next !== NONE && this.count[next] === count) return next
    const made = this.free
    this.free = this.lower[made]
    this.count[made] = count
    this.lower[made] = group
    this.higher[made] = next
    this.higher[group] = made
    if (next !== NONE) this.lower[next] = made
    return made
  }

  private join(key: number, group: number): void {
    const last = this.newest[group]
    this.groupOf[key] = group
    this.older[key] = last
    this.newer[key] = NONE
    this.newest[group] = key
    if (last === NONE) this.oldest[group] = key
    else this.newer[last] = key
  }

  private leave(key: number): void {
    const group = this.groupOf[key]
    const older = this.older[key]
    const newer = this.newer[key]
    if (older === NONE) this.oldest[group] = newer
    else this.newer[older] = newer
    if (newer === NONE) this.newest[group] = older
    else this.older[newer] = older
    this.groupOf[key] = 0
    if (this.oldest[group] === NONE) this.dissolve(group)
  }

  private dissolve(group: number): void {
    const lower = this.lower[group]
    const higher = this.higher[group]
    this.higher[lower] = higher
    if (higher !== NONE) this.lower[higher] = lower
    this.lower[group] = this.free
    this.free = group
  }

  queues(): Queue[] {
    const entries: Entry[] = []
    for (let group = this.higher[0]; group !== NONE; group = this.higher[group]) {
      for (let key = this.oldest[group]; key !== NONE; key = this.newer[key]) {
        entries.push({ key, mark: String(this.count[group]) })
      }
    }
    return [{ name: 'next to leave first, with counts', entries }]
  }
}
