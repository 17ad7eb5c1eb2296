import { work } from './work.js'

/**
 * A list with O(1) at both ends and by position: a ring buffer that doubles when it is full. Inserting or removing in
 * the middle is O(length), as in Redis.
 */
export class Deque {
  private items: string[] = new Array(8)
  private head = 0
  length = 0
  /** Of all items. */
  bytes = 0

  static of(items: Iterable<string>): Deque {
    const deque = new Deque()
    for (const item of items) deque.pushBack(item)
    return deque
  }

  at(index: number): string {
    work.steps++
    return this.items[(this.head + index) & (this.items.length - 1)]
  }

  set(index: number, value: string): void {
    this.bytes += value.length - this.at(index).length
    this.items[(this.head + index) & (this.items.length - 1)] = value
  }

  pushFront(value: string): void {
    work.steps++
    if (this.length === this.items.length) this.grow()
    this.head = (this.head - 1) & (this.items.length - 1)
    this.items[this.head] = value
    this.length++
    this.bytes += value.length
  }

  pushBack(value: string): void {
    work.steps++
    if (this.length === this.items.length) this.grow()
    this.items[(this.head + this.length++) & (this.items.length - 1)] = value
    this.bytes += value.length
  }

  popFront(): string {
    work.steps++
    const value = this.items[this.head]
    this.items[this.head] = ''
    this.head = (this.head + 1) & (this.items.length - 1)
    this.length--
    this.bytes -= value.length
    return value
  }

  popBack(): string {
    work.steps++
    const at = (this.head + --this.length) & (this.items.length - 1)
    const value = this.items[at]
    this.items[at] = ''
    this.bytes -= value.length
    return value
  }

  /** The items from `start` up to, not including, `end`. */
  slice(start = 0, end = this.length): string[] {
    return Array.from({ length: Math.max(0, end - start) }, (_, i) => this.at(start + i))
  }

  /** Puts an item before the one at `index`, or at the end. */
  insert(index: number, value: string): void {
    this.pushBack(value)
    for (let i = this.length - 1; i > index; i--) this.move(i - 1, i)
    this.items[(this.head + index) & (this.items.length - 1)] = value
  }

  /** Keeps the items for which a test holds, in their order; they are asked from the front, or from the back. */
  keep(test: (item: string) => boolean, fromBack = false): void {
    const items = this.slice()
    const kept = fromBack ? items.reverse().filter(test).reverse() : items.filter(test)
    this.items = new Array(capacityFor(kept.length))
    this.head = this.length = this.bytes = 0
    for (const item of kept) this.pushBack(item)
  }

  private move(from: number, to: number): void {
    work.steps++
    const mask = this.items.length - 1
    this.items[(this.head + to) & mask] = this.items[(this.head + from) & mask]
  }

  private grow(): void {
    const { length } = this
    this.items = [...this.items.slice(this.head), ...this.items.slice(0, this.head)]
    this.items.length = length * 2
    this.head = 0
  }
}

function capacityFor(length: number): number {
  let capacity = 8
  while (capacity < length) capacity *= 2
  return capacity
}
