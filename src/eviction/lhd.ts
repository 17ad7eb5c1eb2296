import { createRandom, type Random } from '../random/random.js'
import type { EvictionPolicy, Queue } from './policy.js'
import { Slots } from './slots.js'

/** Keys that are compared at an eviction. */
const SAMPLES = 32
/** Classes of keys by the ages at which they were hit last, and ages in a class. */
const CLASSES = 12
const AGES = 2000
/** Ages reach to so many times the number of keys inside. */
const REACH = 20
/** Requests between two estimates, and what earlier events are worth then. */
const INTERVAL = 1 << 16
const DECAY = 0.9

/**
 * Least hit density: of 32 keys drawn the one leaves with the lowest expected hits per byte and time. The expectation
 * comes from the ages at which keys of its class were hit or left, counted so far; the class is how soon the key was
 * hit the last two times. O(samples) a miss; thirty bytes a key.
 *
 * Beckmann, Chen and Cidon, "LHD: Improving Cache Hit Rate by Maximizing Hit Density", NSDI 2018, without the classes
 * of applications and the keys kept for exploring.
 */
export class Lhd implements EvictionPolicy {
  private readonly slots: Slots
  private readonly random: Random
  private now = 0
  /** Requests to a step of age; set at the first eviction. */
  private step = 0
  private readonly touched: Float64Array
  /** The age at the last hit and at the one before it; AGES for none. */
  private readonly lastAge: Uint16Array
  private readonly earlierAge: Uint16Array
  /** By class and age. */
  private readonly hits = new Float64Array(CLASSES * AGES)
  private readonly evictions = new Float64Array(CLASSES * AGES)
  private readonly density: Float64Array

  constructor(
    readonly capacity: number,
    keyCount: number,
    seed: number,
    sized = false,
  ) {
    this.slots = new Slots(capacity, keyCount, sized)
    this.random = createRandom(seed, 'lhd sampling')
    this.touched = new Float64Array(keyCount)
    this.lastAge = new Uint16Array(keyCount)
    this.earlierAge = new Uint16Array(keyCount)
    // Before anything is known: the sooner hit and the younger, the denser.
    this.density = Float64Array.from(
      { length: CLASSES * AGES },
      (_, i) => (CLASSES - Math.floor(i / AGES)) / ((i % AGES) + 1),
    )
  }

  access(key: number, size = 1): boolean {
    const { slots } = this
    if (++this.now % INTERVAL === 0) this.estimate()
    const hit = slots.has(key)
    if (hit) {
      this.hits[this.place(key)]++
      this.earlierAge[key] = this.lastAge[key]
      this.lastAge[key] = this.ageOf(key)
    } else {
      while (slots.weight + size > this.capacity) this.evict()
      slots.add(key, size)
      this.lastAge[key] = AGES
      this.earlierAge[key] = AGES
    }
    this.touched[key] = this.now
    return hit
  }

  private evict(): void {
    const { slots } = this
    slots.close()
    if (this.step === 0) this.step = Math.max(1, (REACH * slots.size) / AGES)
    let victim = 0
    let least = Infinity
    for (let sample = 0; sample < SAMPLES; sample++) {
      const slot = this.random.below(slots.size)
      const key = slots.keys[slot]
      const density = this.density[this.place(key)] / slots.weights.of(key)
      if (density >= least) continue
      least = density
      victim = slot
    }
    this.evictions[this.place(slots.keys[victim])]++
    slots.empty(victim)
  }

  private ageOf(key: number): number {
    return this.step === 0 ? 0 : Math.min(AGES - 1, Math.floor((this.now - this.touched[key]) / this.step))
  }

  /** Where a key's class and age are in the tables: classes are powers of two of the sum of its last two ages. */
  private place(key: number): number {
    return (31 - Math.clz32(this.lastAge[key] + this.earlierAge[key] + 1)) * AGES + this.ageOf(key)
  }

  /** Hits that lie ahead at each age ÷ the time until they or the eviction come; older events fade. O(classes × ages). */
  private estimate(): void {
    const { hits, evictions, density } = this
    for (let kind = 0; kind < CLASSES; kind++) {
      let hitsAhead = 0
      let eventsAhead = 0
      let time = 0
      for (let i = (kind + 1) * AGES - 1; i >= kind * AGES; i--) {
        hitsAhead += hits[i]
        eventsAhead += hits[i] + evictions[i]
        time += eventsAhead
        if (eventsAhead > 0) density[i] = hitsAhead / time
        hits[i] *= DECAY
        evictions[i] *= DECAY
      }
    }
  }

  get used(): number {
    return this.slots.weight
  }

  has(key: number): boolean {
    return this.slots.has(key)
  }

  remove(key: number): void {
    this.slots.remove(key)
  }

  queues(): Queue[] {
    const mark = (key: number) => `age ${this.ageOf(key)}`
    return [{ name: 'slots', entries: this.slots.list().map((key) => ({ key, mark: mark(key) })) }]
  }
}
