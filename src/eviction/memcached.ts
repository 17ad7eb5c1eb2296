import { KeyLists } from './key-lists.js'
import type { EvictionPolicy, Queue } from './policy.js'
import { Weights } from './weights.js'

const HOT = 1
const WARM = 2
const COLD = 3
const NAMES = ['', 'HOT', 'WARM', 'COLD']

/** Used once since it came in, and used again. */
const FETCHED = 1
const ACTIVE = 2

/** Most of a class's keys that HOT and WARM may hold. */
const HOT_SHARE = 0.2
const WARM_SHARE = 0.4

/**
 * The LRU that each slab class of memcached has, in three lists. A key begins in HOT. One that has been used twice is
 * active: it goes on to WARM when its turn comes, at the end of HOT or from COLD at once, and stays in WARM as long
 * as it is active again whenever it gets to the end. All others sink into COLD, whose end leaves.
 *
 * memcached 1.6.18, items.c: lru_pull_tail and do_item_bump, without the limits of age, which begin at a second.
 * The lists are put in order after each request, which a thread does there. Its capacity can change.
 * O(1) amortised; four and a half bytes a key and thirteen a place.
 */
export class MemcachedLru implements EvictionPolicy {
  private readonly weights: Weights
  private readonly lists: KeyLists
  private readonly uses: Uint8Array

  /** `most` is what the capacity can become. */
  constructor(
    public capacity: number,
    keyCount: number,
    most = capacity,
    sized = false,
  ) {
    this.weights = new Weights(keyCount, sized)
    this.lists = new KeyLists(keyCount, 3, most, this.weights)
    this.uses = new Uint8Array(keyCount)
  }

  get used(): number {
    const { sizes } = this.lists
    return sizes[HOT] + sizes[WARM] + sizes[COLD]
  }

  access(key: number, size = 1): boolean {
    const list = this.lists.listOf(key)
    if (list !== 0) {
      this.use(key, list)
      return true
    }
    while (this.used + size > this.capacity) this.evict()
    this.admit(key, size)
    return false
  }

  /** Puts in a key that isn't there; there must be room. */
  admit(key: number, size = 1): void {
    this.weights.set(key, size)
    this.uses[key] = 0
    this.lists.pushFront(HOT, key)
    this.settle()
  }

  /** Evicts the next key and returns it. There must be one. */
  evict(): number {
    const { lists } = this
    if (lists.sizes[COLD] === 0) lists.moveBack(lists.sizes[HOT] > 0 ? HOT : WARM, COLD)
    const key = lists.back(COLD)
    lists.removeBack(COLD)
    return key
  }

  /** The key at the end of COLD; undefined where COLD is empty. */
  get oldest(): number | undefined {
    return this.lists.sizes[COLD] > 0 ? this.lists.back(COLD) : undefined
  }

  /** Takes out a key that is there. */
  remove(key: number): void {
    this.lists.remove(key)
  }

  private use(key: number, list: number): void {
    const { uses } = this
    if ((uses[key] & FETCHED) === 0) uses[key] |= FETCHED
    else if (list !== COLD) uses[key] |= ACTIVE
    else {
      this.lists.move(COLD, WARM, key)
      this.settle()
    }
  }

  /** Lets the ends of HOT and WARM go where they belong. */
  private settle(): void {
    const { lists, uses, used } = this
    while (lists.sizes[HOT] > 0) {
      const key = lists.back(HOT)
      if (uses[key] & ACTIVE) {
        uses[key] &= ~ACTIVE
        lists.moveBack(HOT, WARM)
      } else if (lists.sizes[HOT] > used * HOT_SHARE) lists.moveBack(HOT, COLD)
      else break
    }
    while (lists.sizes[WARM] > 0) {
      const key = lists.back(WARM)
      if (uses[key] & ACTIVE) {
        uses[key] &= ~ACTIVE
        lists.touch(WARM, key)
      } else if (lists.sizes[WARM] > used * WARM_SHARE) lists.moveBack(WARM, COLD)
      else break
    }
  }

  has(key: number): boolean {
    return this.lists.listOf(key) !== 0
  }

  queues(): Queue[] {
    return [HOT, WARM, COLD].map((list) => ({ name: NAMES[list], entries: this.lists.entries(list) }))
  }
}
