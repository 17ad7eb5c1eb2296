import type { TableDraft } from '../../report/build.js'
import { mean, quantile } from '../../stats/summary.js'
import { fitZipf } from '../../stats/zipf-fit.js'
import { exponentCells } from './hit-ratio-findings.js'
import type { Requests } from './request-log.js'
import { missRatio, type TraceResults, type TraceSummary } from './trace-results.js'

/** O(requests). */
export function summariesOf(trace: string, { keys, keyCount, sizes, operations }: Requests): TraceSummary {
  const popularity = new Uint32Array(keyCount)
  for (let i = 0; i < keys.length; i++) popularity[keys[i]]++
  let once = 0
  let objectBytes = 0
  for (let key = 0; key < keyCount; key++) {
    if (popularity[key] === 1) once++
    if (sizes) objectBytes += sizes[key]
  }
  return {
    trace,
    requests: keys.length,
    keys: keyCount,
    once,
    fit: fitZipf(popularity),
    objectBytes,
    hasWrites: operations !== undefined,
  }
}

/** A row for each trace. */
export function summaryTable({ summaries, sized, several }: TraceResults): TableDraft {
  return {
    title: several ? 'The traces' : 'The trace',
    columns: {
      trace: several && 'trace',
      requests: ['requests', 'count'],
      keys: ['different keys', 'count'],
      oneHitWonders: ['requested once', 'ratio'],
      meanSize: sized && ['mean object', 'bytes'],
      objectBytes: sized && ['all objects', 'bytes'],
      exponent: 'Zipf exponent',
      exponentLow: '95% from',
      exponentHigh: 'to',
    },
    rows: summaries.map(({ trace, requests, keys, once, fit, objectBytes }) => ({
      ...{ trace, requests, keys, oneHitWonders: once / keys, meanSize: objectBytes / keys, objectBytes },
      ...exponentCells(fit),
    })),
  }
}

/**
 * How much a policy reduces FIFO's miss ratio over the traces, as papers compare: (FIFO's − its) ÷ FIFO's. Its mean, and
 * its percentiles.
 */
export function reductionTable({ cells, reference }: TraceResults): TableDraft {
  const groups = new Map<string, { policy: string; capacity: string; values: number[] }>()
  for (const cell of cells) {
    const fifo = reference.find(({ trace, asked }) => trace === cell.trace && asked === cell.asked)
    if (cell.policy === 'fifo' || fifo === undefined || fifo.reads === 0 || missRatio(fifo) === 0) continue
    const id = `${cell.policy} ${cell.asked.text}`
    const group = groups.get(id) ?? { policy: cell.policy, capacity: cell.asked.text, values: [] }
    groups.set(id, group)
    group.values.push(1 - missRatio(cell) / missRatio(fifo))
  }
  return {
    title: 'Miss ratio less than FIFO’s: (FIFO’s − its own) ÷ FIFO’s, over the traces',
    columns: {
      policy: 'policy',
      capacity: 'capacity',
      traces: ['traces', 'count'],
      mean: ['mean', 'ratio', 'signed'],
      p10: ['10th percentile', 'ratio', 'signed'],
      p50: ['median', 'ratio', 'signed'],
      p90: ['90th percentile', 'ratio', 'signed'],
    },
    rows: [...groups.values()].map(({ policy, capacity, values }) => ({
      ...{ policy, capacity, traces: values.length, mean: mean(values) },
      ...{ p10: quantile(values, 0.1), p50: quantile(values, 0.5), p90: quantile(values, 0.9) },
    })),
  }
}
