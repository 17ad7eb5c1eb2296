import type { AdmissionRule } from '../../eviction/admission.js'
import type { PolicyName } from '../../eviction/index.js'
import { InputError } from '../../input-error.js'
import type { Progress } from '../../keys/index.js'
import { Pool } from '../../parallel/pool.js'
import { type Columns, reportOf } from '../../report/build.js'
import { countOf, formatCount } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { ratio } from '../../stats/summary.js'
import type { Trace } from '../../trace/trace.js'
import { tasks } from '../tasks.js'
import { type Capacity, capacityFor, inBytes } from './capacity.js'
import { hitRatioFigures } from './hit-ratio-figure.js'
import type { Outcome, ReplayTask } from './replay.js'
import { loggedRequests } from './request-log.js'
import { checkWarmup } from './requests.js'
import { isDistinct, traceFindings } from './trace-findings.js'
import type { TraceCell, TraceResults, TraceSummary } from './trace-results.js'
import { reductionTable, summariesOf, summaryTable } from './trace-tables.js'

export interface TraceHitRatioOptions {
  readonly traces: readonly Trace[]
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
 * Hit ratios of policies on traces, and byte hit ratios where the capacity is in bytes. Each trace is read once, and kept
 * in memory while its policies and capacities are simulated on all cores. O(policies × capacities × requests).
 */
export async function traceHitRatio(options: TraceHitRatioOptions, progress?: Progress): Promise<Report> {
  return report(options, await measure(options, progress))
}

async function measure(options: TraceHitRatioOptions, progress?: Progress): Promise<TraceResults> {
  const { traces, policies, capacities, sharesAreBytes } = options
  const sized = inBytes(capacities, sharesAreBytes)
  if (options.admission?.filter === 'size' && !sized)
    throw new InputError('--admission size:… needs a capacity in bytes, such as --capacity 64MiB')
  const compared: PolicyName[] = traces.length > 1 && !policies.includes('fifo') ? ['fifo'] : []
  const times = policies.some((name) => name.startsWith('redis'))
  const names = shortNames(traces.map(({ label }) => label))
  const all: TraceCell[] = []
  const summaries: TraceSummary[] = []
  let usesRate = false
  const pool = new Pool(tasks)
  try {
    for (const [t, trace] of traces.entries()) {
      const requests = await loggedRequests(trace, { sizes: sized, times }, progress)
      const { warmup, seed, rate, admission } = options
      checkWarmup(warmup, requests.keys.length, trace.label)
      if ((times || requests.ttls) && !requests.times) {
        usesRate = true
        trace.notice(`it has no times: the clock runs at --rate, ${countOf(rate, 'request')} a second`)
      }
      const summary = summariesOf(names[t], requests)
      summaries.push(summary)
      if (isDistinct(summary))
        trace.notice(
          `nearly all keys differ: ${formatCount(summary.keys)} different ones in ${countOf(summary.requests, 'request')}`,
        )
      const sizes = capacities.map((asked) => ({ asked, capacity: capacityFor(asked, requests) }))
      const inputs = [...policies, ...compared].flatMap((policy) =>
        sizes.map((size): ReplayTask & { asked: Capacity } => ({
          ...{ policy, ...size, requests, warmup, seed, rate, admission },
        })),
      )
      let done = 0
      const outcomes = await pool.map('replay', inputs, () => progress?.(++done, inputs.length))
      for (const [i, { policy, asked, capacity }] of inputs.entries())
        all.push({ trace: names[t], policy, asked, capacity, ...outcomes[i] })
    }
  } finally {
    await pool.close()
  }
  return {
    cells: all.filter(({ policy }) => policies.includes(policy)),
    reference: all.filter(({ policy }) => policy === 'fifo'),
    summaries,
    sized,
    usesRate,
    unusedSizes: !sized && traces.some(({ hasSizes }) => hasSizes),
  }
}

function report(options: TraceHitRatioOptions, results: TraceResults): Report {
  const { traces, policies, capacities, admission, warmup, rate, seed } = options
  const { cells, sized, summaries } = results
  const several = traces.length > 1
  return reportOf('evict', {
    title: `Hit ratios of eviction policies on ${several ? `${traces.length} traces` : traces[0].label}`,
    parameters: {
      trace: traces.map(({ label }) => label).join(', '),
      ...(several ? {} : traces[0].parameters),
      policies: policies.join(', '),
      capacity: capacities.map(({ text }) => text).join(', '),
      admission: admission ? admissionText(admission) : null,
      warmup: warmup > 0 ? warmup : null,
      rate: results.usesRate ? rate : null,
      seed,
    },
    tables: {
      'hit-ratio': {
        title: several ? 'One pass over each trace' : 'One pass over the trace',
        columns: columns(cells, sized, several),
        rows: cells.map(row),
      },
      ...(several ? { reduction: reductionTable(results) } : {}),
      trace: summaryTable(summaries, sized),
    },
    figures: hitRatioFigures(
      cells.map((cell) => ({
        policy: cell.policy,
        hitRatio: ratio(cell.hits, cell.reads),
        group: [...(several ? [cell.trace] : []), ...(capacities.length > 1 ? [cell.asked.text] : [])].join(
          ', ',
        ),
      })),
    ),
    findings: traceFindings(results),
  })
}

function columns(cells: readonly TraceCell[], sized: boolean, several: boolean): Columns {
  const some = (name: keyof Outcome) => cells.some((cell) => cell[name] !== 0)
  return {
    trace: several && 'trace',
    policy: 'policy',
    capacity: ['capacity', sized ? 'bytes' : 'count'],
    hitRatio: ['hit ratio', 'ratio', 'bar'],
    byteHitRatio: sized && ['byte hit ratio', 'ratio'],
    bypassed: sized && some('bypassed') && ['bypassed', 'count'],
    deleted: some('deleted') && ['deleted', 'count'],
    expired: some('expired') && ['expired', 'count'],
    requests: ['requests', 'count', 'detail'],
    misses: ['misses', 'count', 'detail'],
    hits: ['hits', 'count', 'detail'],
    writes: some('writes') && ['writes', 'count', 'detail'],
  }
}

function row({ trace, policy, capacity, ...outcome }: TraceCell) {
  const { reads, hits, bytes, hitBytes, bypassed, deleted, expired, writes } = outcome
  return {
    trace,
    policy,
    capacity,
    hitRatio: ratio(hits, reads),
    byteHitRatio: ratio(hitBytes, bytes),
    bypassed,
    deleted,
    expired,
    requests: reads,
    misses: reads - hits,
    hits,
    writes,
  }
}

function admissionText(rule: AdmissionRule): string {
  if (rule.filter === 'size') return `objects up to ${rule.bytes} B`
  return rule.filter === 'bloom' ? 'at the second request (Bloom filter)' : `with probability ${rule.chance}`
}

/** Names of files without the folders that all of them are in. */
function shortNames(labels: readonly string[]): string[] {
  const folders = labels.map((label) => label.split('/').slice(0, -1))
  const different = folders[0].findIndex((part, i) => folders.some((each) => each[i] !== part))
  const common = different < 0 ? folders[0].length : different
  return labels.map((label) => label.split('/').slice(common).join('/'))
}
