import { RecencyStack } from './recency-stack.js'

/**
 * LRU's misses at every capacity, estimated from the requests of a sample of the keys: SHARDS. A stack distance among
 * sampled keys, divided by the sampling rate, estimates the distance among all. Memory grows with the sampled keys
 * only, some thirty bytes each. O(log keys) a sampled request.
 *
 * Waldspurger, Park, Garthwaite and Ahmad, "Efficient MRC Construction with SHARDS", FAST 2015.
 */
export class SampledDistances {
  /** Requests by distance among sampled keys, as many as there would be at the rate of now. */
  private histogram = new Float64Array(1024)
  private cold = 0
  private readonly stack = new RecencyStack(1024)

  /** A request of a sampled key. */
  request(key: number): void {
    const distance = this.stack.request(key)
    if (distance < 0) {
      this.cold++
      return
    }
    if (distance >= this.histogram.length) {
      const larger = new Float64Array(2 * distance)
      larger.set(this.histogram)
      this.histogram = larger
    }
    this.histogram[distance]++
  }

  /** The sample lost keys: the others' new numbers, and by what its rate was multiplied. */
  shrink(numbers: Uint32Array, ratio: number): void {
    this.stack.rename(numbers)
    const { histogram } = this
    const rescaled = new Float64Array(histogram.length + 1)
    for (let distance = 0; distance < histogram.length; distance++) {
      // Between two whole distances, in proportion: rounding down at each shrinkage would add up.
      const weight = histogram[distance] * ratio
      const whole = Math.floor(distance * ratio)
      const rest = distance * ratio - whole
      rescaled[whole] += weight * (1 - rest)
      rescaled[whole + 1] += weight * rest
    }
    this.histogram = rescaled.subarray(0, histogram.length)
    this.cold *= ratio
  }

  /**
   * Miss ratio of an LRU cache, of this many requests of all keys. The correction SHARDS-adj counts what is missing to
   * the expected number of sampled requests, rate × requests, as hits: they are those of a few popular keys.
   */
  missRatio(capacity: number, requests: number, rate: number): number {
    let misses = this.cold
    for (let distance = Math.round(capacity * rate); distance < this.histogram.length; distance++)
      misses += this.histogram[distance]
    return Math.min(1, misses / (requests * rate))
  }
}
