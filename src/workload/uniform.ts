import { createRandom, type Random } from '../random/random.js'
import type { Workload } from './workload.js'

/** Every key is as likely as any other. */
export class Uniform implements Workload {
  readonly name = 'uniform'
  private readonly random: Random

  constructor(
    readonly keyCount: number,
    seed: number,
  ) {
    this.random = createRandom(seed, 'uniform')
  }

  next(out: Uint32Array): void {
    for (let i = 0; i < out.length; i++) out[i] = this.random.below(this.keyCount)
  }
}
