import type { AdmissionRule } from '../../eviction/admission.js'
import type { PolicyName } from '../../eviction/index.js'
import { InputError } from '../../input-error.js'
import type { Progress } from '../../keys/index.js'
import { divide, fact, toldFact } from '../../parallel/division.js'
import { Pool } from '../../parallel/pool.js'
import { countOf, formatCount } from '../../report/format.js'
import { tasks } from '../tasks.js'
import { type Capacity, capacityFor, inBytes } from './capacity.js'
import { costOf } from './cost.js'
import type { Outcome, ReplayTask } from './replay.js'
import { loggedRequests, type Requests } from './request-log.js'
import { checkWarmup } from './requests.js'
import { isDistinct } from './trace-findings.js'
import type { TraceFacts, TraceFile, TraceResults } from './trace-results.js'
import { summariesOf } from './trace-tables.js'

export interface TraceHitRatioOptions {
  readonly traces: readonly TraceFile[]
  readonly policies: readonly PolicyName[]
  readonly capacities: readonly Capacity[]
  /** A share of the capacity is one of the bytes. */
  readonly sharesAreBytes: boolean
  readonly admission?: AdmissionRule | undefined
  readonly warmup: number
  readonly seed: number
  readonly rate: number
}

/**
 * Every policy at every capacity on every trace, and FIFO for comparison where there are several traces. On all cores.
 * Only traces of which there are tasks to do are read.
 */
export async function replayTraces(
  options: TraceHitRatioOptions,
  progress?: Progress,
): Promise<TraceResults> {
  const { traces, policies, capacities, sharesAreBytes } = options
  const sized = inBytes(capacities, sharesAreBytes)
  if (options.admission?.filter === 'size' && !sized)
    throw new InputError('--admission size:… needs a capacity in bytes, such as --capacity 64MiB')
  const compared: PolicyName[] = traces.length > 1 && !policies.includes('fifo') ? ['fifo'] : []
  const names = shortNames(traces.map(({ label }) => label))
  const facts = new Map<number, TraceFacts>()
  const done = await divide<Replayed, CapacityOutcome>({
    name: 'caches',
    inputs: traces.flatMap((_, trace) =>
      [...policies, ...compared].flatMap((policy) => capacities.map((asked) => ({ trace, policy, asked }))),
    ),
    areShared: true,
    cost: ({ trace, policy }) => (traces[trace].bytes + 1) * costOf(policy),
    run: (inputs, done) => replayAll(inputs, { ...options, names, sized, facts }, done, progress),
  })
  const cells = done.map(({ input, result }) => ({ ...input, ...result, trace: names[input.trace] }))
  return {
    cells: cells.filter(({ policy }) => policies.includes(policy)),
    reference: cells.filter(({ policy }) => policy === 'fifo'),
    summaries: traces.flatMap((_, t) => facts.get(t) ?? toldFact<TraceFacts>(factName(traces, t)) ?? []),
    several: traces.length > 1,
    sized,
  }
}

/** A task: a cache on a trace. */
interface Replayed {
  /** The place of the trace. */
  readonly trace: number
  readonly policy: PolicyName
  readonly asked: Capacity
}

/** What came of it, and the capacity in keys or bytes that was asked for. */
interface CapacityOutcome extends Outcome {
  readonly capacity: number
}

const factName = (traces: readonly TraceFile[], place: number) => `trace ${place + 1}, ${traces[place].label}`

interface Replaying extends TraceHitRatioOptions {
  readonly names: readonly string[]
  readonly sized: boolean
  /** What is found out about traces, by their places. */
  readonly facts: Map<number, TraceFacts>
}

/** Reads the traces of these tasks, one after the other, each while no other is in memory. */
async function replayAll(
  inputs: readonly Replayed[],
  options: Replaying,
  done: (place: number, result: CapacityOutcome) => void,
  progress?: Progress,
): Promise<void> {
  const { traces, capacities, warmup, seed, rate, admission, facts } = options
  const pool = new Pool(tasks)
  let first = 0
  try {
    for (const t of traces.keys()) {
      const ofTrace = inputs.filter(({ trace }) => trace === t)
      if (ofTrace.length === 0) continue
      const before = first
      first += ofTrace.length
      const { requests, found } = await readTrace(t, options, progress)
      facts.set(t, await fact(factName(traces, t), () => found))
      const sizes = new Map(capacities.map((asked) => [asked, capacityFor(asked, requests)]))
      const caches = ofTrace.map(
        ({ policy, asked }): ReplayTask => ({
          ...{ policy, capacity: sizes.get(asked)!, requests, warmup, seed, rate, admission },
        }),
      )
      let finished = 0
      await pool.map('replay', caches, (place, outcome) => {
        done(before + place, { capacity: caches[place].capacity, ...outcome })
        progress?.(++finished, caches.length)
      })
    }
  } finally {
    await pool.close()
  }
}

/** The requests of a trace, and what the report needs of them. */
async function readTrace(
  place: number,
  { traces, policies, names, sized, rate, warmup }: Replaying,
  progress?: Progress,
): Promise<{ requests: Requests; found: TraceFacts }> {
  const trace = traces[place].open()
  const times = policies.some((name) => name.startsWith('redis'))
  const requests = await loggedRequests(trace, { sizes: sized, times }, progress)
  checkWarmup(warmup, requests.keys.length, trace.label)
  const usesRate = (times || requests.ttls !== undefined) && !requests.times
  if (usesRate)
    trace.notice(`it has no times: the clock runs at --rate, ${countOf(rate, 'request')} a second`)
  const summary = summariesOf(names[place], requests)
  if (isDistinct(summary))
    trace.notice(
      `nearly all keys differ: ${formatCount(summary.keys)} different ones in ${countOf(summary.requests, 'request')}`,
    )
  const { parameters, hasSizes } = trace
  return { requests, found: { ...summary, parameters, hasSizes, usesRate } }
}

/** Names of files without the folders that all of them are in. */
function shortNames(labels: readonly string[]): string[] {
  const folders = labels.map((label) => label.split('/').slice(0, -1))
  const different = folders[0].findIndex((part, i) => folders.some((each) => each[i] !== part))
  const common = different < 0 ? folders[0].length : different
  return labels.map((label) => label.split('/').slice(common).join('/'))
}
