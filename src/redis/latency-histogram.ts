/** Sub-buckets of each power of two: two significant digits. */
const SUB_BUCKETS = 256
const HALF_BITS = 7
/** One second: longer durations count as that. */
const MAX_NANOSECONDS = 1e9
const FIRST_LEVEL = 1024

/**
 * A histogram of durations with two significant digits, in memory that doesn't depend on their number. Gil Tene,
 * HdrHistogram: buckets of equal width within a power of two.
 */
export class LatencyHistogram {
  private counts: Uint32Array | undefined
  total = 0

  add(microseconds: number): void {
    this.counts ??= new Uint32Array(placeOf(MAX_NANOSECONDS) + 1)
    this.counts[placeOf(Math.min(microseconds * 1000, MAX_NANOSECONDS))]++
    this.total++
  }

  /** The duration, in microseconds, that so many percent of all do not exceed. */
  percentile(percent: number): number {
    const wanted = Math.max(1, Math.floor((Math.min(percent, 100) / 100) * this.total + 0.5))
    let seen = 0
    for (let place = 0; place < (this.counts?.length ?? 0); place++) {
      seen += this.counts![place]
      if (seen >= wanted) return highestOf(place) / 1000
    }
    return 0
  }

  /** Powers of two in microseconds, each with the number of durations up to it, where that number grows. */
  cumulative(): [microseconds: number, count: number][] {
    const steps: [number, number][] = []
    let seen = 0
    let place = 0
    for (let level = FIRST_LEVEL; seen < this.total; level *= 2) {
      const before = seen
      const last = Math.min(placeOf(level), this.counts!.length - 1)
      for (; place <= last; place++) seen += this.counts![place]
      if (seen > before) steps.push([Math.floor(highestOf(last) / 1000), seen])
    }
    return steps
  }
}

/** The bucket of a whole number below 2^31. */
function placeOf(value: number): number {
  const shift = 31 - Math.clz32(value | (SUB_BUCKETS - 1)) - HALF_BITS
  return (shift << HALF_BITS) + (value >> shift)
}

/** The largest value in a bucket. */
function highestOf(place: number): number {
  const shift = Math.max(0, (place >> HALF_BITS) - 1)
  return ((place - (shift << HALF_BITS) + 1) << shift) - 1
}
