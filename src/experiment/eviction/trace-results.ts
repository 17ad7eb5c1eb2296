import type { PolicyName } from '../../eviction/index.js'
import type { ZipfFit } from '../../stats/zipf-fit.js'
import type { Parameters } from '../../trace/format.js'
import type { Trace } from '../../trace/trace.js'
import type { Capacity } from './capacity.js'
import type { Outcome } from './replay.js'

/** A trace that isn’t opened yet. */
export interface TraceFile {
  readonly label: string
  /** 0 for a pipe. */
  readonly bytes: number
  open(): Trace
}

/** What a report needs of a trace besides its outcomes. */
export interface TraceFacts extends TraceSummary {
  /** What the report says of how it was read. */
  readonly parameters: Parameters
  readonly hasSizes: boolean
  /** Whether its time passes at a rate, as it has none. */
  readonly usesRate: boolean
}

/** What a trace consists of. */
export interface TraceSummary {
  readonly trace: string
  readonly requests: number
  readonly keys: number
  /** Keys that are requested once. */
  readonly once: number
  /** Whether writes can change sizes. */
  readonly hasWrites: boolean
  /** Zipf's exponent of the popularity. */
  readonly fit: ZipfFit
  /** Bytes of all different objects; 0 without sizes. */
  readonly objectBytes: number
}

/** A policy's result on a trace at a capacity. */
export interface TraceCell extends Outcome {
  readonly trace: string
  readonly policy: PolicyName
  readonly asked: Capacity
  readonly capacity: number
}

/** What the traces gave. */
export interface TraceResults {
  readonly cells: readonly TraceCell[]
  /** FIFO's, for comparison, where there are several traces. */
  readonly reference: readonly TraceCell[]
  /** Of the traces that were read: all, except in a partial report. */
  readonly summaries: readonly TraceFacts[]
  /** Whether there are several traces, of which a partial report may hold one. */
  readonly several: boolean
  /** Whether sizes count. */
  readonly sized: boolean
}

/** Of an outcome with reads. */
export const missRatio = ({ reads, hits }: Outcome) => (reads - hits) / reads
