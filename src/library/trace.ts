/** Traces: requests from files of any shape that `cachelab evict --trace` reads. */
import { createReadStream } from 'node:fs'
import { loggedRequests, type Requests } from '../experiment/eviction/request-log.js'
import { keyNames } from '../trace/key-names.js'
import { type TraceOptions as ReadingOptions, Trace } from '../trace/trace.js'

/** How a trace is to be read: what isn't given is found by the content. Columns are names, or numbers from 1. */
export interface TraceOptions extends Omit<ReadingOptions, 'index'> {
  /** Whether sizes and times are wanted where no option names their column. */
  readonly sizes?: boolean
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
 */
export async function readTrace(path: string, options: TraceOptions = {}): Promise<TraceRequests> {
  const { sizes = false, times = false, ...reading } = options
  const trace = new Trace(path, createReadStream(path), reading)
  const requests = await loggedRequests(trace, { sizes, times })
  return { ...requests, names: keyNames(trace.index) }
}
