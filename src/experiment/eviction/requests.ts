import { InputError } from '../../input-error.js'
import type { Progress } from '../../keys/index.js'
import { shared, sharedCopy } from '../../parallel/shared.js'
import { countOf, formatCount } from '../../report/format.js'
import type { ReportParameters } from '../../report/parameters.js'
import { operations as codes } from '../../trace/batch.js'
import type { Trace } from '../../trace/trace.js'
import type { Workload, WorkloadName } from '../../workload/index.js'
import { MAX_DRAWN, workloads } from '../../workload/index.js'
import { loggedRequests, type Requests } from './request-log.js'

/** The request stream of an experiment on eviction. */
export interface RequestsSetup {
  readonly keys: number
  readonly requests: number
  /** Warm-up requests, which are not counted. */
  readonly warmup: number
  /** Zipf's exponent. */
  readonly exponent: number
}

/** A workload for a setup and a seed. */
export function workloadOf(
  name: WorkloadName,
  { keys, requests, warmup, exponent }: RequestsSetup,
  seed: number,
): Workload {
  return workloads[name].create({ keys, requests: requests + warmup, exponent, seed })
}

/**
 * All requests of a workload in one array, four bytes each, on request on memory that workers share. Throws InputError
 * for more than MAX_DRAWN.
 */
export function drawAll(workload: Workload, count: number, into?: Uint32Array | 'workers'): Uint32Array {
  checkDrawn(count)
  const all = into === 'workers' ? shared(new Uint32Array(), count) : (into ?? new Uint32Array(count))
  workload.next(all)
  return all
}

/** Throws InputError for more requests than are kept in memory. */
export function checkDrawn(count: number): void {
  if (count > MAX_DRAWN)
    throw new InputError(
      `--requests and --warmup must be at most ${MAX_DRAWN} together, as all requests are kept in memory; got ${count}`,
    )
}

/** Where an experiment's requests come from: a workload, or a trace, of which only the keys count. */
export type RequestSource =
  | { readonly workload: WorkloadName; readonly setup: RequestsSetup }
  | { readonly trace: Trace }

/** All requests of a source, on memory that workers share, and what a report says of them. */
export interface SourceRequests {
  /** The keys of all reads, with the warm-up at the beginning. */
  readonly all: Uint32Array
  /** Everything, of a trace that has writes, deletions or lifetimes. */
  readonly history?: Requests | undefined
  readonly keyCount: number
  readonly name: string
  readonly parameters: ReportParameters
}

/** Four bytes a request. Throws InputError if a trace has no requests after the warm-up. */
export async function requestsFrom(
  { source, warmup, seed }: { source: RequestSource; warmup: number; seed: number },
  progress?: Progress,
): Promise<SourceRequests> {
  if ('trace' in source) {
    const { trace } = source
    const history = await loggedRequests(trace, {}, progress)
    const { keyCount, operations, ttls } = history
    const all = readsOf(history)
    checkWarmup(warmup, all.length, trace.label)
    const parameters = {
      trace: trace.label,
      ...trace.parameters,
      keys: keyCount,
      requests: all.length - warmup,
    }
    return { all, keyCount, name: trace.label, parameters, history: operations || ttls ? history : undefined }
  }
  const { keys, requests, exponent } = source.setup
  const workload = workloadOf(source.workload, source.setup, seed)
  const isZipf = source.workload === 'zipf' || source.workload === 'mixed'
  return {
    all: drawAll(workload, warmup + requests, 'workers'),
    keyCount: workload.keyCount,
    name: source.workload,
    parameters: {
      ...{ workload: source.workload, keys, requests },
      exponent: isZipf ? Number(exponent.toFixed(4)) : null,
    },
  }
}

/** Tells apart requests of different machines. */
export function sumOf(keys: Uint32Array): number {
  let sum = 0
  for (let i = 0; i < keys.length; i++) sum = (Math.imul(sum, 31) + keys[i]) >>> 0
  return sum
}

/** The keys that are read, from a request on. */
export function readsOf({ keys, operations }: Requests, from = 0): Uint32Array {
  if (operations === undefined) return keys.subarray(from)
  return sharedCopy(keys.filter((_, i) => i >= from && operations[i] === codes.read))
}

/** Says on a trace what an experiment that knows reads only leaves out of it. */
export function noteReadsOnly(trace: Trace, { keys, operations, ttls }: Requests): void {
  const others = operations?.reduce((sum, code) => sum + (code === codes.read ? 0 : 1), 0) ?? 0
  if (others > 0)
    trace.notice(
      `writes and deletions are left out here: ${formatCount(others)} of ${countOf(keys.length, 'request')}`,
    )
  if (ttls) trace.notice('times to live are not used here')
}

/** Throws InputError if a trace has no requests after the warm-up. */
export function checkWarmup(warmup: number, requests: number, label: string): void {
  if (requests <= warmup)
    throw new InputError(`--warmup must leave requests to count: ${label} holds ${requests}, got "${warmup}"`)
}
