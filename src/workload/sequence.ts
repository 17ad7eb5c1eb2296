import type { Workload } from './workload.js'

/**
 * Keys in ascending order, around and around. With as many keys as requests it is a scan: every key once, and
 * no policy can hit. With a few more keys than the cache holds it is a loop: LRU drops each key just before
 * it is wanted again and never hits, while the optimum keeps most of the loop.
 */
export class Sequence implements Workload {
  private upcoming = 0

  constructor(
    readonly name: 'scan' | 'loop',
    readonly keyCount: number,
  ) {}

  next(out: Uint32Array): void {
    for (let i = 0; i < out.length; i++) {
      out[i] = this.upcoming
      this.upcoming = this.upcoming + 1 === this.keyCount ? 0 : this.upcoming + 1
    }
  }
}
