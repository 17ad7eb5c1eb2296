/**
 * Keys by their last request. A Fenwick tree over time marks each key's last request; the number of marks since is
 * the number of different keys requested since. Time is renumbered when the tree is full, so memory grows with keys
 * and not with requests. O(log keys) a request, amortized; some sixteen bytes a key.
 *
 * Bennett and Kruskal, "LRU Stack Processing", IBM J. Res. Dev. 19(4), 1975.
 */
export class RecencyStack {
  /** How many keys there are. */
  size = 0
  /** When each key was requested last, counted from 1; 0 for never. */
  private last: Uint32Array
  private tree: Uint32Array
  private now = 0

  /** Room for this many keys at first; it grows. */
  constructor(keyCount: number) {
    this.last = new Uint32Array(keyCount)
    this.tree = new Uint32Array(spanOf(keyCount) + 1)
  }

  /**
   * Takes the first requests of all, of keys below the size that there is room for, without their distances. O(1) each:
   * what is left of them is the order in which each key came last.
   */
  begin(requests: Uint32Array): void {
    const { last } = this
    const recent = new Uint32Array(last.length)
    for (let i = requests.length - 1; i >= 0 && this.size < last.length; i--) {
      if (last[requests[i]] > 0) continue
      last[requests[i]] = 1
      recent[this.size++] = requests[i]
    }
    for (let i = 0; i < this.size; i++) last[recent[i]] = this.size - i
    this.restart()
  }

  /** Requests a key: how many different keys were requested since its last request; -1 at its first. */
  request(key: number): number {
    if (key >= this.last.length) this.last = enlarged(this.last, key + 1)
    if (this.now === this.tree.length - 1) this.renumber()
    const before = this.last[key]
    let distance = -1
    if (before === 0) {
      this.size++
    } else {
      distance = this.size - this.marksUpTo(before)
      this.mark(before, -1)
    }
    this.last[key] = ++this.now
    this.mark(this.now, 1)
    return distance
  }

  /** Calls each key by the number that `numbers` has for it; one whose number isn't below the length is forgotten. */
  rename(numbers: Uint32Array): void {
    const renamed = new Uint32Array(numbers.length)
    for (let key = 0; key < Math.min(numbers.length, this.last.length); key++) {
      if (numbers[key] < renamed.length) renamed[numbers[key]] = this.last[key]
    }
    this.last = renamed
    this.renumber()
  }

  private marksUpTo(time: number): number {
    let sum = 0
    for (let i = time; i > 0; i -= i & -i) sum += this.tree[i]
    return sum
  }

  private mark(time: number, by: number): void {
    for (let i = time; i < this.tree.length; i += i & -i) this.tree[i] += by
  }

  /** Gives the keys' last requests the times 1, 2, … in the same order, with room for as many again. */
  private renumber(): void {
    const keyAt = new Uint32Array(this.tree.length)
    for (let key = 0; key < this.last.length; key++) keyAt[this.last[key]] = key + 1
    this.size = 0
    for (let time = 1; time < keyAt.length; time++) {
      if (keyAt[time] > 0) this.last[keyAt[time] - 1] = ++this.size
    }
    this.restart()
  }

  /** Marks the times 1 to size, those of the keys' last requests now. O(size). */
  private restart(): void {
    this.tree = new Uint32Array(spanOf(Math.max(this.size, MIN_KEYS)) + 1)
    this.now = this.size
    // Each place of a Fenwick tree counts the marks of the times up to its own, as many times as its lowest bit says.
    for (let i = 1; i < this.tree.length; i++)
      this.tree[i] = Math.max(0, Math.min(this.size, i) - i + (i & -i))
  }
}

/** The tree has room for twice as many, at least. */
const MIN_KEYS = 512

const spanOf = (keyCount: number) => 2 * keyCount + 1

function enlarged(array: Uint32Array, least: number): Uint32Array {
  const larger = new Uint32Array(Math.max(least, 2 * array.length))
  larger.set(array)
  return larger
}
