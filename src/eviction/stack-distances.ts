/**
 * LRU's hits at every capacity in one pass over the requests: a request hits in all caches that are larger
 * than its stack distance, the number of different keys requested since the last request of its own.
 *
 * A Fenwick tree over time marks each key's last request; the distance is the number of marks since. Time is
 * renumbered when the tree is full, so that it grows with keys and not with requests. O(log keys) a request;
 * sixteen bytes a key.
 *
 * Mattson et al., IBM Systems Journal 9(2), 1970; with a tree as in Bennett and Kruskal, "LRU Stack
 * Processing", IBM J. Res. Dev. 19(4), 1975.
 */
export class StackDistances {
  /** Requests by stack distance: histogram[d] hit in every cache of more than d keys. */
  readonly histogram: Float64Array
  /** First requests, which hit in no cache. */
  cold = 0
  /** When each key was requested last, counted from 1; 0 for never. */
  private readonly last: Uint32Array
  private readonly tree: Uint32Array
  private readonly span: number
  private now = 0
  private keys = 0

  constructor(keyCount: number) {
    this.span = 2 * keyCount + 1
    this.histogram = new Float64Array(keyCount)
    this.last = new Uint32Array(keyCount)
    this.tree = new Uint32Array(this.span + 1)
  }

  /** Takes requests in their order. */
  add(requests: Uint32Array): void {
    for (let i = 0; i < requests.length; i++) this.request(requests[i])
  }

  /** Hits that an LRU cache of this capacity has had. */
  hits(capacity: number): number {
    let hits = 0
    for (let distance = 0; distance < Math.min(capacity, this.histogram.length); distance++) {
      hits += this.histogram[distance]
    }
    return hits
  }

  private request(key: number): void {
    if (this.now === this.span) this.renumber()
    const before = this.last[key]
    if (before === 0) {
      this.cold++
      this.keys++
    } else {
      this.histogram[this.keys - this.marksUpTo(before)]++
      this.mark(before, -1)
    }
    this.last[key] = ++this.now
    this.mark(this.now, 1)
  }

  private marksUpTo(time: number): number {
    let sum = 0
    for (let i = time; i > 0; i -= i & -i) sum += this.tree[i]
    return sum
  }

  private mark(time: number, by: number): void {
    for (let i = time; i <= this.span; i += i & -i) this.tree[i] += by
  }

  /** Gives the keys' last requests the times 1, 2, … in the same order. */
  private renumber(): void {
    const keyAt = new Uint32Array(this.span + 1)
    for (let key = 0; key < this.last.length; key++) keyAt[this.last[key]] = key + 1
    this.tree.fill(0)
    this.now = 0
    for (let time = 1; time <= this.span; time++) {
      if (keyAt[time] === 0) continue
      this.last[keyAt[time] - 1] = ++this.now
      this.mark(this.now, 1)
    }
  }
}
