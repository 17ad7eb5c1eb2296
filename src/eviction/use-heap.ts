/**
 * Keys in order of their use: the least used comes first, and of several the one whose last use is longest ago.
 *
 * Uses only ever move a key away from the top, so `use` just notes them, and a key's position is put right when
 * it has come up there. `use` is O(1), `add` and `pop` are O(log size) amortized. Keys are told apart by places
 * from 0 to places − 1; twenty bytes a place.
 */
export class UseHeap {
  size = 0
  /** Uses of each place and the time of the last, side by side. */
  private readonly uses: Uint32Array
  /** The heap: places, and the uses and times by which they are where they are. */
  private readonly place: Uint32Array
  private readonly count: Uint32Array
  private readonly time: Uint32Array
  /** Where each place is in the heap; made when the first is removed. */
  private positions: Uint32Array | undefined

  constructor(places: number) {
    this.uses = new Uint32Array(2 * places)
    this.place = new Uint32Array(places)
    this.count = new Uint32Array(places)
    this.time = new Uint32Array(places)
  }

  /** Adds a place with some uses so far; O(log size). */
  add(place: number, count: number, time: number): void {
    this.uses[2 * place] = count
    this.uses[2 * place + 1] = time
    this.rise(this.size++, place, count, time)
  }

  /** Counts a use of a place, later than all before. */
  use(place: number, time: number): void {
    this.uses[2 * place]++
    this.uses[2 * place + 1] = time
  }

  countOf(place: number): number {
    return this.uses[2 * place]
  }

  /** Takes out the least used place. There must be one. */
  pop(): number {
    for (;;) {
      const least = this.place[0]
      const time = this.uses[2 * least + 1]
      if (time === this.time[0]) {
        const last = --this.size
        this.sink(0, this.place[last], this.count[last], this.time[last])
        return least
      }
      this.sink(0, least, this.uses[2 * least], time)
    }
  }

  /** Takes out a place that is in the heap. O(log size), and O(places) for the first. */
  remove(place: number): void {
    if (this.positions === undefined) {
      this.positions = new Uint32Array(this.place.length)
      for (let at = 0; at < this.size; at++) this.positions[this.place[at]] = at
    }
    const at = this.positions[place]
    const last = --this.size
    if (at === last) return
    const [moved, count, time] = [this.place[last], this.count[last], this.time[last]]
    const parent = (at - 1) >>> 1
    if (at > 0 && this.isBefore(count, time, parent)) this.rise(at, moved, count, time)
    else this.sink(at, moved, count, time)
  }

  /** Every place, the least used first. O(size log size); for looking. */
  inOrder(): number[] {
    const { uses } = this
    return Array.from(this.place.subarray(0, this.size)).sort(
      (a, b) => uses[2 * a] - uses[2 * b] || uses[2 * a + 1] - uses[2 * b + 1],
    )
  }

  /** Puts an entry where it belongs on the way from a position to the top. */
  private rise(from: number, place: number, count: number, time: number): void {
    let at = from
    while (at > 0) {
      const parent = (at - 1) >>> 1
      if (!this.isBefore(count, time, parent)) break
      this.copy(parent, at)
      at = parent
    }
    this.put(at, place, count, time)
  }

  /** Puts an entry where it belongs below a position. */
  private sink(from: number, place: number, count: number, time: number): void {
    let at = from
    for (let child = 2 * at + 1; child < this.size; child = 2 * at + 1) {
      if (child + 1 < this.size && this.isBefore(this.count[child + 1], this.time[child + 1], child)) child++
      if (this.isBefore(count, time, child)) break
      this.copy(child, at)
      at = child
    }
    this.put(at, place, count, time)
  }

  private isBefore(count: number, time: number, at: number): boolean {
    return count < this.count[at] || (count === this.count[at] && time < this.time[at])
  }

  private copy(from: number, to: number): void {
    this.put(to, this.place[from], this.count[from], this.time[from])
  }

  private put(at: number, place: number, count: number, time: number): void {
    this.place[at] = place
    this.count[at] = count
    this.time[at] = time
    if (this.positions !== undefined) this.positions[place] = at
  }
}
