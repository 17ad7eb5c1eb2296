import { work } from './work.js'

/** Items of one chunk at most. */
const CHUNK = 128

interface Chunk {
  items: string[]
  previous: Chunk | undefined
  next: Chunk | undefined
}

/**
 * A list as Redis keeps it: chunks of items, linked in both directions. Pushing and popping at both ends is O(1); a
 * position is found by walking from the nearer end, chunk by chunk: O(length).
 *
 * Redis's quicklist, whose chunks have up to 8 KB instead of 128 items.
 */
export class QuickList {
  private first: Chunk | undefined
  private last: Chunk | undefined
  length = 0
  bytes = 0

  static of(items: Iterable<string>): QuickList {
    const list = new QuickList()
    for (const item of items) list.pushBack(item)
    return list
  }

  pushFront(value: string): void {
    work.steps++
    let chunk = this.first
    if (chunk === undefined || chunk.items.length >= CHUNK) chunk = this.insertChunk([], undefined)
    chunk.items.unshift(value)
    this.added(value)
  }

  pushBack(value: string): void {
    work.steps++
    let chunk = this.last
    if (chunk === undefined || chunk.items.length >= CHUNK) chunk = this.insertChunk([], this.last)
    chunk.items.push(value)
    this.added(value)
  }

  /** The list must not be empty. */
  popFront(): string {
    work.steps++
    const chunk = this.first!
    return this.removed(chunk, chunk.items.shift()!)
  }

  /** The list must not be empty. */
  popBack(): string {
    work.steps++
    const chunk = this.last!
    return this.removed(chunk, chunk.items.pop()!)
  }

  at(index: number): string {
    const { chunk, offset } = this.locate(index)
    return chunk.items[offset]
  }

  set(index: number, value: string): void {
    const { chunk, offset } = this.locate(index)
    this.bytes += value.length - chunk.items[offset].length
    chunk.items[offset] = value
  }

  /** Puts an item before the one at `index`, or at the end. */
  insert(index: number, value: string): void {
    if (index === this.length) {
      this.pushBack(value)
      return
    }
    const { chunk, offset } = this.locate(index)
    chunk.items.splice(offset, 0, value)
    if (chunk.items.length > CHUNK) this.insertChunk(chunk.items.splice(CHUNK / 2), chunk)
    this.added(value)
  }

  /** All items from the head, or from the tail. */
  *items(backwards = false): Generator<string> {
    for (
      let chunk = backwards ? this.last : this.first;
      chunk;
      chunk = backwards ? chunk.previous : chunk.next
    ) {
      const { items } = chunk
      for (let i = 0; i < items.length; i++) {
        work.steps++
        yield items[backwards ? items.length - 1 - i : i]
      }
    }
  }

  /** The items from `start` up to, not including, `end`. */
  slice(start = 0, end = this.length): string[] {
    const found: string[] = []
    if (start >= end) return found
    let { chunk, offset }: { chunk: Chunk | undefined; offset: number } = this.locate(start)
    for (; chunk && found.length < end - start; chunk = chunk.next) {
      for (let i = offset; i < chunk.items.length && found.length < end - start; i++)
        found.push(chunk.items[i])
      offset = 0
    }
    work.steps += found.length
    return found
  }

  /** Keeps the items that pass a test, which is applied from the head, or from the tail. */
  keep(test: (item: string) => boolean, fromBack = false): void {
    const kept: string[] = []
    for (
      let chunk = fromBack ? this.last : this.first;
      chunk;
      chunk = fromBack ? chunk.previous : chunk.next
    ) {
      const { items } = chunk
      work.steps += items.length
      for (let i = 0; i < items.length; i++) {
        const item = items[fromBack ? items.length - 1 - i : i]
        if (test(item)) kept.push(item)
      }
    }
    if (kept.length === this.length) return
    if (fromBack) kept.reverse()
    this.first = this.last = undefined
    this.length = this.bytes = 0
    for (const item of kept) this.pushBack(item)
  }

  /** The chunk of a position, and the offset in it. The position must exist. */
  private locate(index: number): { chunk: Chunk; offset: number } {
    work.steps++
    if (index < this.length / 2) {
      let chunk = this.first!
      let offset = index
      for (; offset >= chunk.items.length; chunk = chunk.next!) {
        offset -= chunk.items.length
        work.steps++
      }
      return { chunk, offset }
    }
    let chunk = this.last!
    let behind = this.length - index
    for (; behind > chunk.items.length; chunk = chunk.previous!) {
      behind -= chunk.items.length
      work.steps++
    }
    return { chunk, offset: chunk.items.length - behind }
  }

  /** Inserts a chunk after another one, or at the head. */
  private insertChunk(items: string[], previous: Chunk | undefined): Chunk {
    const next = previous === undefined ? this.first : previous.next
    const chunk: Chunk = { items, previous, next }
    if (previous === undefined) this.first = chunk
    else previous.next = chunk
    if (next === undefined) this.last = chunk
    else next.previous = chunk
    return chunk
  }

  private added(value: string): void {
    this.length++
    this.bytes += value.length
  }

  /** To call after an item was removed from a chunk; unlinks an empty chunk. */
  private removed(chunk: Chunk, value: string): string {
    this.length--
    this.bytes -= value.length
    if (chunk.items.length > 0) return value
    if (chunk.previous === undefined) this.first = chunk.next
    else chunk.previous.next = chunk.next
    if (chunk.next === undefined) this.last = chunk.previous
    else chunk.next.previous = chunk.previous
    return value
  }
}
