import { InputError } from '../../input-error.js'
import type { Progress } from '../../keys/index.js'
import { breathe } from '../../parallel/breathe.js'
import { shared } from '../../parallel/shared.js'
import { type Batch, operations as codes } from '../../trace/batch.js'
import type { Trace } from '../../trace/trace.js'

/** The most requests that are kept in memory. */
export const MAX_REQUESTS = 1 << 30

/** Requests in their order, in memory that workers share. */
export interface Requests {
  readonly keys: Uint32Array
  readonly keyCount: number
  /** The size of each key, in bytes: the one it was first requested with. */
  readonly sizes?: Float64Array | undefined
  /** Sizes request by request, where there are writes, which can change them. */
  readonly newSizes?: Float64Array | undefined
  /** Seconds from the first request on. */
  readonly times?: Float64Array | undefined
  readonly ttls?: Float64Array | undefined
  readonly operations?: Uint8Array | undefined
}

/** Everything but the keys that a trace is asked for. */
export interface Wanted {
  readonly sizes?: boolean
  readonly times?: boolean
}

/**
 * All requests of a trace: four bytes each, eight more for a time, a lifetime or the size of a write, one for an
 * operation; and eight bytes a key that has a size. `most` ends it early.
 */
export async function loggedRequests(
  trace: Trace,
  wanted: Wanted,
  progress?: Progress,
  most = MAX_REQUESTS,
): Promise<Requests> {
  const log = new RequestLog()
  let unusedSizes = false
  for await (const batch of trace.batches(wanted)) {
    // A column that an option names is read in any case.
    unusedSizes = batch.sizes !== undefined && !wanted.sizes
    log.add(unusedSizes ? { ...batch, sizes: undefined } : batch, trace.index.size)
    if (log.count >= most) break
    progress?.(log.count, null)
    await breathe()
  }
  if (log.count > most && most === MAX_REQUESTS)
    throw new InputError(
      `${trace.label} holds more than ${MAX_REQUESTS} requests, the most that are kept in memory; see evict curve --sample`,
    )
  if (unusedSizes) trace.notice('sizes are not used: the capacity is in keys')
  return log.requests(Math.min(log.count, most), trace.index.size)
}

type Column = Uint32Array | Float64Array | Uint8Array

/** Columns that grow with the requests. */
export class RequestLog {
  count = 0
  private readonly columns = new Map<keyof Batch, Column>()
  private sizes: Float64Array = new Float64Array(0)

  add(batch: Batch, keyCount: number): void {
    for (const [name, values] of Object.entries(batch) as [keyof Batch, Column | undefined][])
      if (values !== undefined) this.append(name, values)
    if (batch.sizes !== undefined) this.noteSizes(batch.keys, batch.sizes, batch.operations, keyCount)
    this.count += batch.keys.length
  }

  private append(name: keyof Batch, values: Column): void {
    let column = this.columns.get(name)
    const needed = this.count + values.length
    if (column === undefined || needed > column.length) {
      column = shared(values, Math.max(1 << 20, needed, 2 * this.count), column)
      this.columns.set(name, column)
    }
    column.set(values, this.count)
  }

  /** A key's size is that of its first read or write; a deletion says nothing about it. */
  private noteSizes(
    keys: Uint32Array,
    sizes: Float64Array,
    operations: Uint8Array | undefined,
    keyCount: number,
  ): void {
    if (keyCount > this.sizes.length) this.sizes = shared(sizes, 2 * keyCount, this.sizes)
    for (let i = 0; i < keys.length; i++) {
      if (operations?.[i] === codes.delete) continue
      if (this.sizes[keys[i]] === 0) this.sizes[keys[i]] = sizes[i]
    }
  }

  requests(count: number, keyCount: number): Requests {
    const column = <C extends Column>(name: keyof Batch) =>
      this.columns.get(name)?.subarray(0, count) as C | undefined
    return {
      keys: column<Uint32Array>('keys')!,
      keyCount,
      sizes: this.columns.has('sizes') ? this.sizes.subarray(0, keyCount) : undefined,
      newSizes: this.columns.has('operations') ? column('sizes') : undefined,
      times: column('times'),
      ttls: column('ttls'),
      operations: column('operations'),
    }
  }
}
