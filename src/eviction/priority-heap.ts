/**
 * Keys by a priority, the lowest first; of equal ones the one that got its priority first. Every operation is
 * O(log keys); eight bytes a key of the key space, and twelve to twenty-four a key inside.
 */
export class PriorityHeap {
  size = 0
  /** Where a key is, plus one; 0 for keys that aren't inside. */
  private readonly positions: Uint32Array
  private keys = new Uint32Array(1 << 10)
  private priorities = new Float64Array(1 << 10)
  private readonly stamps: Uint32Array
  private now = 0

  constructor(keyCount: number) {
    this.positions = new Uint32Array(keyCount)
    this.stamps = new Uint32Array(keyCount)
  }

  has(key: number): boolean {
    return this.positions[key] !== 0
  }

  /** The key with the lowest priority, and that priority. There must be one. */
  get first(): number {
    return this.keys[0]
  }

  get lowest(): number {
    return this.priorities[0]
  }

  /** Gives a key a priority; it comes in if it isn't inside. */
  set(key: number, priority: number): void {
    this.stamps[key] = this.now++
    const position = this.positions[key]
    if (position === 0) {
      if (this.size === this.keys.length) this.grow()
      this.place(this.size++, key, priority)
    } else this.place(position - 1, key, priority)
  }

  /** Takes out a key that is inside. */
  remove(key: number): void {
    const at = this.positions[key] - 1
    this.positions[key] = 0
    const last = --this.size
    if (at < last) this.place(at, this.keys[last], this.priorities[last])
  }

  /** Every key with its priority, the lowest first. O(size log size); for looking. */
  inOrder(): { key: number; priority: number }[] {
    return Array.from({ length: this.size }, (_, at) => ({
      key: this.keys[at],
      priority: this.priorities[at],
    })).sort((a, b) => a.priority - b.priority || this.stamps[a.key] - this.stamps[b.key])
  }

  /** Puts a key where it belongs, above a free position or below it. */
  private place(free: number, key: number, priority: number): void {
    const stamp = this.stamps[key]
    let at = free
    while (at > 0) {
      const parent = (at - 1) >>> 1
      if (!this.isBefore(priority, stamp, parent)) break
      this.copy(parent, at)
      at = parent
    }
    if (at === free) at = this.sink(at, priority, stamp)
    this.put(at, key, priority)
  }

  private sink(from: number, priority: number, stamp: number): number {
    let at = from
    for (let child = 2 * at + 1; child < this.size; child = 2 * at + 1) {
      const { keys, priorities, stamps } = this
      if (child + 1 < this.size && this.isBefore(priorities[child + 1], stamps[keys[child + 1]], child))
        child++
      if (this.isBefore(priority, stamp, child)) break
      this.copy(child, at)
      at = child
    }
    return at
  }

  private isBefore(priority: number, stamp: number, at: number): boolean {
    const other = this.priorities[at]
    return priority < other || (priority === other && stamp < this.stamps[this.keys[at]])
  }

  private copy(from: number, to: number): void {
    this.put(to, this.keys[from], this.priorities[from])
  }

  private put(at: number, key: number, priority: number): void {
    this.keys[at] = key
    this.priorities[at] = priority
    this.positions[key] = at + 1
  }

  private grow(): void {
    const { keys, priorities } = this
    this.keys = new Uint32Array(2 * keys.length)
    this.keys.set(keys)
    this.priorities = new Float64Array(2 * keys.length)
    this.priorities.set(priorities)
  }
}
