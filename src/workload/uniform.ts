import { createRandom, type Random } from '../random/random.js'
import type { Workload } from './workload.js'

/**
 * Every key is as likely as any other: nothing to learn, so no policy without the future beats capacity ÷ keys.
 *
 * @example
 * import { Uniform } from 'cachelab/workload'
 * const workload = new Uniform(4, 1)
 * workload.probabilities // Float64Array(4) [ 0.25, 0.25, 0.25, 0.25 ]
 */
export class Uniform implements Workload {
  readonly name = 'uniform'
  private readonly random: Random

  constructor(
    readonly keyCount: number,
    seed: number,
  ) {
    this.random = createRandom(seed, 'uniform')
  }

  get probabilities(): Float64Array {
    return new Float64Array(this.keyCount).fill(1 / this.keyCount)
  }

  next(out: Uint32Array): void {
    const { random, keyCount } = this
    for (let i = 0; i < out.length; i++) out[i] = random.below(keyCount)
  }
}
