import { PROBATION, WINDOW, WTinyLfu } from './w-tinylfu.js'

/** Requests between two steps, and the first step's length: shares of the capacity. */
const PERIOD = 10
const FIRST_STEP = 0.0625
/** Each step is shorter than the last by this factor. */
const DECAY = 0.98
/** A change of the hit ratio that starts the steps anew at their first length. */
const RESTART = 0.05

/**
 * W-TinyLFU whose window grows and shrinks at the cost of the protected segment, by hill climbing: every
 * 10 × capacity requests the window is changed by a step, in the same direction as before if the hit ratio didn't
 * fall, and otherwise back. The first step makes the window smaller. Steps start at 6.25 % of the capacity and shrink
 * by 2 %. A change of the hit ratio by five percentage points or more starts them anew. Requests before the cache is
 * full don't count. O(1) amortized; memory as W-TinyLFU.
 *
 * Einziger, Eytan, Friedman and Manes, "Adaptive Software Cache Management", Middleware 2018; lengths as in Caffeine.
 */
export class WTinyLfuAdaptive extends WTinyLfu {
  private requests = 0
  private hits = 0
  private hitRatio = 0
  /** Change of the window at the end of the period, in keys; negative if it shrinks. */
  private step = -FIRST_STEP * this.capacity
  /** What the window should be larger than its limit by, in keys: steps aren't whole numbers. */
  private remainder = 0

  override access(key: number, size = 1): boolean {
    const isFull = this.used > this.capacity - this.capacity / this.entries
    const hit = super.access(key, size)
    if (!isFull) return hit
    if (hit) this.hits++
    if (++this.requests === PERIOD * this.entries) this.climb()
    return hit
  }

  private climb(): void {
    const hitRatio = this.hits / this.requests
    const change = hitRatio - this.hitRatio
    const step = change >= 0 ? this.step : -this.step
    this.resize(step)
    this.step = Math.abs(change) >= RESTART ? Math.sign(step) * FIRST_STEP * this.capacity : DECAY * step
    this.hitRatio = hitRatio
    this.requests = 0
    this.hits = 0
  }

  /** Changes the window's limit, and moves keys so that the lists keep to their limits. */
  private resize(step: number): void {
    const { lists } = this
    const wanted = this.windowLimit + this.remainder + step
    const size = Math.min(Math.max(wanted, 0), this.windowLimit + this.protectedLimit)
    const growth = Math.floor(size) - this.windowLimit
    this.windowLimit += growth
    this.protectedLimit -= growth
    this.remainder = size - this.windowLimit
    this.demote()
    for (let room = growth; lists.sizes[PROBATION] > 0; lists.moveBack(PROBATION, WINDOW)) {
      room -= this.weights.of(lists.back(PROBATION))
      if (room < 0) break
    }
    while (lists.sizes[WINDOW] > this.windowLimit) lists.moveBackToBack(WINDOW, PROBATION)
  }
}
