import type { Slab, SlabMemory } from './slab-memory.js'

/** The window of a decision, in seconds. */
const WINDOW = 30
/** A class gives away a page only if it has more than this many. */
const LEAST_PAGES = 2
/** The receiving class's oldest item must be younger than this share of the giving class's. */
const AGE_RATIO = 0.8

interface Look {
  readonly evicted: boolean
  readonly age: number
}

/**
 * memcached's page mover: once a second it moves a page from the class with the oldest item at the end of its LRU to a
 * class that evicts much younger items, judged over the last half minute.
 *
 * memcached 1.6.18, slab_automove.c: slab_automove_run, with its defaults (-o slab_automove=1, window 30, ratio 0.8).
 */
export class SlabMover {
  private readonly looks = new Map<Slab, Look[]>()
  private readonly evictions = new Map<Slab, number>()
  private seconds = 0
  moved = 0

  constructor(private readonly memory: SlabMemory) {}

  /** A second is over. */
  tick(now: number): void {
    this.seconds++
    let oldest: Slab | undefined
    let youngest: Slab | undefined
    let [highest, lowest] = [0, Infinity]
    for (const slab of this.memory.slabs.values()) {
      const looks = this.look(slab, now)
      const age = looks.reduce((sum, look) => sum + look.age, 0) / WINDOW
      if (age > highest && slab.pages.length > LEAST_PAGES) {
        oldest = slab
        highest = age
      }
      const evicting = looks.reduce((count, look) => count + (look.evicted ? 1 : 0), 0)
      if (age < lowest && evicting > WINDOW / 2 && looks[looks.length - 1].evicted) {
        youngest = slab
        lowest = age
      }
    }
    if (this.seconds < WINDOW || !oldest || !youngest || lowest >= highest * AGE_RATIO) return
    this.memory.movePage(oldest, youngest)
    this.moved++
  }

  private look(slab: Slab, now: number): readonly Look[] {
    const looks = this.looks.get(slab) ?? []
    looks.push({
      evicted: slab.evictions > (this.evictions.get(slab) ?? 0),
      age: this.memory.age(slab, now),
    })
    if (looks.length > WINDOW) looks.shift()
    this.looks.set(slab, looks)
    this.evictions.set(slab, slab.evictions)
    return looks
  }
}
