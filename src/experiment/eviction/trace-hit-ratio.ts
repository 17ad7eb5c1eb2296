import type { AdmissionRule } from '../../eviction/admission.js'
import type { Progress } from '../../keys/index.js'
import { type Columns, reportOf } from '../../report/build.js'
import type { Report } from '../../report/index.js'
import { ratio } from '../../stats/summary.js'
import { hitRatioFigures } from './hit-ratio-figure.js'
import type { Outcome } from './replay.js'
import { traceFindings } from './trace-findings.js'
import { replayTraces, type TraceHitRatioOptions } from './trace-replays.js'
import type { TraceCell, TraceResults } from './trace-results.js'
import { reductionTable, summaryTable } from './trace-tables.js'

/**
 * Hit ratios of policies on traces, and byte hit ratios where the capacity is in bytes. Each trace is read once, and kept
 * in memory while its policies and capacities are simulated on all cores. O(policies × capacities × requests).
 */
export async function traceHitRatio(options: TraceHitRatioOptions, progress?: Progress): Promise<Report> {
  return report(options, await replayTraces(options, progress))
}

function report(options: TraceHitRatioOptions, results: TraceResults): Report {
  const { traces, policies, capacities, admission, warmup, rate, seed } = options
  const { cells, sized, summaries, several } = results
  return reportOf('evict', {
    title: `Hit ratios of eviction policies on ${several ? `${traces.length} traces` : traces[0].label}`,
    parameters: {
      trace: traces.map(({ label }) => label).join(', '),
      ...(several ? {} : summaries[0]?.parameters),
      policies: policies.join(', '),
      capacity: capacities.map(({ text }) => text).join(', '),
      admission: admission ? admissionText(admission) : null,
      warmup: warmup > 0 ? warmup : null,
      rate: summaries.some(({ usesRate }) => usesRate) ? rate : null,
      seed,
    },
    tables: {
      'hit-ratio': {
        title: several ? 'One pass over each trace' : 'One pass over the trace',
        columns: columns(cells, sized, several),
        rows: cells.map(row),
      },
      ...(several ? { reduction: reductionTable(results) } : {}),
      trace: summaryTable(results),
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
