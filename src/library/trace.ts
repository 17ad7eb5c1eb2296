/** Traces: requests from files of any shape that `cachelab evict --trace` reads. */
import { createReadStream } from 'node:fs'
import { loggedRequests, type Requests } from '../experiment/eviction/request-log.js'
import { keyNames } from '../trace/key-names.js'
import { type TraceOptions as ReadingOptions, Trace } from '../trace/trace.js'

/** How a trace is to be read: what isn't given is found by the content. Columns are names, or numbers from 1. */
export interface TraceOptions extends Omit<ReadingOptions, 'index'> {
  /** Whether sizes are wanted where no option names their column. */
  readonly sizes?: boolean
  /** Whether times are. */
  readonly times?: boolean
}

/** All requests of a trace, in memory. */
export interface TraceRequests extends Requests {
  /** The keys by their number. */
  readonly names: readonly string[]
}

/**
 * The requests of a file, compressed or not, as dense numbers of their keys in the order of first appearance. Four bytes a
 * request, and the keys' names. Throws InputError, naming line or record, at what can't be read.
 *
 * @example
 * import { replay } from 'cachelab/eviction'
 * import { readTrace, type TraceOptions, type TraceRequests } from 'cachelab/trace'
 * // requests.csv: key,size / user:1,10 / user:2,20 / user:1,10
 * const options: TraceOptions = { keyColumn: 'key', sizeColumn: 'size', sizes: true }
 * const requests: TraceRequests = await readTrace('requests.csv', options)
 * requests.keys // Uint32Array(3) [ 0, 1, 0 ]
 * requests.names // [ 'user:1', 'user:2' ]
 * replay({ policy: 'lru', capacity: 30, requests, warmup: 0, seed: 1, rate: 1000 }).hitBytes // 10
 */
export async function readTrace(path: string, options: TraceOptions = {}): Promise<TraceRequests> {
  const { sizes = false, times = false, ...reading } = options
  const trace = new Trace(path, createReadStream(path), reading)
  const requests = await loggedRequests(trace, { sizes, times })
  return { ...requests, names: keyNames(trace.index) }
}
