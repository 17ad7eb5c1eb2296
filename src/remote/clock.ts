import type { Clock } from '../simulation/transport.js'

/**
 * Real time in milliseconds. Its timers don't keep the program alive.
 *
 * @example
 * import { setTimeout as sleep } from 'node:timers/promises'
 * import { realClock } from 'cachelab/remote'
 * const began = realClock.now
 * await sleep(10)
 * realClock.now - began >= 9 // true
 */
export const realClock: Clock = {
  get now() {
    return performance.now()
  },
  after(delay, action) {
    setTimeout(action, delay).unref()
  },
}
