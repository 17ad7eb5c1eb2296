import { type Batch, operations } from './batch.js'
import { type KeyIndex, UNSAMPLED } from './key-index.js'

/** Requests that are collected before they are handed on. */
const ROOM = 1 << 16

/** Which facts of a request are collected beside its key. */
export interface Facts {
  readonly sizes: boolean
  readonly times: boolean
  readonly ttls: boolean
  readonly operations: boolean
}

/** Collects requests into batches. What is set of `size`, `time`, `ttl` and `operation` holds for what is added next. */
export class Requests {
  size = 1
  time = 0
  ttl = 0
  operation: number = operations.read
  /** Requests left out because their key is not in the sample. */
  unsampled = 0
  private length = 0
  private keys = new Uint32Array(ROOM)
  private sizes: Float64Array
  private times: Float64Array
  private ttls: Float64Array
  private operations: Uint8Array

  constructor(
    readonly index: KeyIndex,
    readonly facts: Facts,
  ) {
    this.sizes = new Float64Array(facts.sizes ? ROOM : 0)
    this.times = new Float64Array(facts.times ? ROOM : 0)
    this.ttls = new Float64Array(facts.ttls ? ROOM : 0)
    this.operations = new Uint8Array(facts.operations ? ROOM : 0)
  }

  /** Whether there are enough for a batch. */
  get isFull(): boolean {
    return this.length >= ROOM
  }

  /** Adds `count` requests of the key `source[start … end)`. */
  key(source: Uint8Array, start: number, end: number, count = 1): void {
    this.add(this.index.number(source, start, end), count)
  }

  /** Adds `count` requests of a key by its number. */
  add(key: number, count = 1): void {
    if (key === UNSAMPLED) {
      this.unsampled += count
      return
    }
    const from = this.length
    const to = from + count
    if (to > this.keys.length) this.grow(to)
    const { facts } = this
    for (let i = from; i < to; i++) {
      this.keys[i] = key
      if (facts.sizes) this.sizes[i] = this.size
      if (facts.times) this.times[i] = this.time
      if (facts.ttls) this.ttls[i] = this.ttl
      if (facts.operations) this.operations[i] = this.operation
    }
    this.length = to
  }

  /** What has been collected since the last batch; undefined for nothing. */
  take(): Batch | undefined {
    const { length, facts } = this
    if (length === 0) return undefined
    this.length = 0
    return {
      keys: this.keys.slice(0, length),
      sizes: facts.sizes ? this.sizes.slice(0, length) : undefined,
      times: facts.times ? this.times.slice(0, length) : undefined,
      ttls: facts.ttls ? this.ttls.slice(0, length) : undefined,
      operations: facts.operations ? this.operations.slice(0, length) : undefined,
    }
  }

  private grow(least: number): void {
    const length = Math.max(least, 2 * this.keys.length)
    const larger = <T extends Uint8Array | Uint32Array | Float64Array>(array: T): T => {
      if (array.length === 0) return array
      const copy = new (array.constructor as new (length: number) => T)(length)
      copy.set(array)
      return copy
    }
    this.keys = larger(this.keys)
    this.sizes = larger(this.sizes)
    this.times = larger(this.times)
    this.ttls = larger(this.ttls)
    this.operations = larger(this.operations)
  }
}
