import type { PolicyName } from '../../eviction/index.js'
import type { ZipfFit } from '../../stats/zipf-fit.js'
import type { Capacity } from './capacity.js'
import type { Outcome } from './replay.js'

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
  readonly summaries: readonly TraceSummary[]
  /** Whether sizes count, and whether some trace has sizes that don't. */
  readonly sized: boolean
  readonly unusedSizes: boolean
  /** Whether time passes at a rate, as some trace has none. */
  readonly usesRate: boolean
}

/** Of an outcome with reads. */
export const missRatio = ({ reads, hits }: Outcome) => (reads - hits) / reads
