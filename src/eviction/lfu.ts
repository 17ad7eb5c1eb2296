import type { Entry, EvictionPolicy, Queue } from './policy.js'
import { Slots } from './slots.js'

const NONE = 0xffffffff

/**
 * Least frequently used: the key with the fewest requests since it was cached leaves; of several the least
 * recently used. Counts begin anew when a key comes back.
 *
 * Keys of one count are a list in order of use, and the counts that occur are a list in ascending order, so
 * every request is O(1). Four bytes a key, and thirty-six a slot.
 *
 * Shah, Mitra and Matani, "An O(1) Algorithm for Implementing the LFU Cache Eviction Scheme", 2010.
 */
export class Lfu implements EvictionPolicy {
  private readonly slots: Slots
  /** The group of each slot, and its neighbours there: older and newer. */
  private readonly groupOf: Uint32Array
  private readonly older: Uint32Array
  private readonly newer: Uint32Array
  /** Groups by number: their count, oldest and newest slot, and the groups with the next lower and higher count. */
  private readonly count: Float64Array
  private readonly oldest: Uint32Array
  private readonly newest: Uint32Array
  private readonly lower: Uint32Array
  private readonly higher: Uint32Array
  /** Free groups are chained through `lower`. Group 0 has count 0 and no slots; it stands below all others. */
  private free = 1

  constructor(
    readonly capacity: number,
    keyCount: number,
  ) {
    this.slots = new Slots(capacity, keyCount)
    const slots = this.slots.keys.length
    // One more than can be in use at once: a new group is made before an emptied one is given back.
    const groups = slots + 2
    this.groupOf = new Uint32Array(slots)
    this.older = new Uint32Array(slots)
    this.newer = new Uint32Array(slots)
    this.count = new Float64Array(groups)
    this.oldest = new Uint32Array(groups).fill(NONE)
    this.newest = new Uint32Array(groups).fill(NONE)
    this.lower = Uint32Array.from({ length: groups }, (_, group) => group + 1)
    this.higher = new Uint32Array(groups).fill(NONE)
  }

  access(key: number): boolean {
    const { slots } = this
    const slot = slots.find(key)
    if (slot >= 0) {
      const above = this.above(this.groupOf[slot])
      this.leave(slot)
      this.join(slot, above)
      return true
    }
    if (!slots.full) {
      this.join(slots.append(key), this.above(0))
      return false
    }
    const victim = this.oldest[this.higher[0]]
    this.leave(victim)
    slots.replace(victim, key)
    this.join(victim, this.above(0))
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

  private join(slot: number, group: number): void {
    const last = this.newest[group]
    this.groupOf[slot] = group
    this.older[slot] = last
    this.newer[slot] = NONE
    this.newest[group] = slot
    if (last === NONE) this.oldest[group] = slot
    else this.newer[last] = slot
  }

  private leave(slot: number): void {
    const group = this.groupOf[slot]
    const older = this.older[slot]
    const newer = this.newer[slot]
    if (older === NONE) this.oldest[group] = newer
    else this.newer[older] = newer
    if (newer === NONE) this.newest[group] = older
    else this.older[newer] = older
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
      for (let slot = this.oldest[group]; slot !== NONE; slot = this.newer[slot]) {
        entries.push({ key: this.slots.keys[slot], mark: String(this.count[group]) })
      }
    }
    return [{ name: 'next to leave first, with counts', entries }]
  }
}
