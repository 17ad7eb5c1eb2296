import { type PolicyName, policies } from '../../eviction/index.js'
import { InputError } from '../../input-error.js'
import type { Progress } from '../../keys/index.js'
import { breathe } from '../../parallel/breathe.js'
import { type Findings, reportOf, type TableDraft } from '../../report/build.js'
import { formatBytes, formatCount, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { fitZipf, type ZipfFit } from '../../stats/zipf-fit.js'
import type { Trace } from '../../trace/trace.js'
import { hitRatioColumns, hitRatioRow } from './hit-ratio.js'
import { exponentCells, zipfFinding } from './hit-ratio-findings.js'
import { RequestLog } from './request-log.js'
import { countHits, simulate } from './simulate.js'

export interface TraceHitRatioOptions {
  readonly trace: Trace
  /** Most distinct keys. Memory for a key is used from its first request on. */
  readonly maxKeys: number
  readonly policies: readonly PolicyName[]
  readonly capacities: readonly number[]
  readonly warmup: number
  readonly seed: number
  readonly rate: number
}

/**
 * Hit ratios of policies on a trace, in one pass over it. Memory grows with different keys; the optimum needs
 * the future and keeps every request, eight bytes each.
 */
export async function traceHitRatio(options: TraceHitRatioOptions, progress?: Progress): Promise<Report> {
  const { trace, warmup, seed, rate } = options
  const { results, popularity, requests, counted, kept } = await measure(options, progress)
  const fit = fitZipf(popularity)
  return reportOf('evict', {
    title: `Hit ratios of eviction policies on ${trace.label}`,
    parameters: {
      trace: trace.label,
      warmup: warmup > 0 ? warmup : null,
      ...(options.policies.some((name) => name.startsWith('redis')) ? { rate } : {}),
      seed,
    },
    tables: {
      'hit-ratio': {
        title: 'One pass over the trace',
        columns: { ...hitRatioColumns(1), low: null, high: null, expected: null, workload: null },
        rows: results.map((cell) => hitRatioRow(cell, counted)),
      },
      trace: summaryTable(popularity, requests, fit),
    },
    findings: {
      ...findings(results, popularity, kept ? requests : 0, popularity.length, options.capacities),
      zipf: zipfFinding(fit),
    },
  })
}

async function measure(options: TraceHitRatioOptions, progress?: Progress) {
  const { trace, warmup, capacities, seed, rate, maxKeys } = options
  const online = options.policies
    .filter((policy) => policy !== 'opt')
    .flatMap((policy) =>
      capacities.map((capacity) => ({
        policy,
        capacity,
        cache: policies[policy].create({ capacity, keyCount: maxKeys, seed, rate, requests: NO_REQUESTS }),
        hits: 0,
      })),
    )
  const kept = options.policies.includes('opt') ? new RequestLog() : undefined
  const counts = new Uint32Array(maxKeys)
  let requests = 0
  for await (const { keys: batch } of trace.batches()) {
    if (trace.index.size > maxKeys)
      throw new InputError(`${trace.label} has more than ${maxKeys} different keys, the most that fit`)
    for (let i = 0; i < batch.length; i++) counts[batch[i]]++
    kept?.add(batch)
    const cold = Math.min(batch.length, Math.max(0, warmup - requests))
    for (const run of online) {
      simulate(run.cache, batch.subarray(0, cold))
      run.hits += simulate(run.cache, batch.subarray(cold))
    }
    requests += batch.length
    progress?.(requests, null)
    await breathe()
  }
  if (requests <= warmup)
    throw new InputError(
      `--warmup must leave requests to count: ${trace.label} holds ${requests}, got "${warmup}"`,
    )
  const counted = requests - warmup
  const keyCount = trace.index.size
  const results = options.policies.flatMap((policy) =>
    capacities.map((capacity) => ({
      policy,
      capacity,
      workload: trace.label,
      ratios: [
        (policy === 'opt'
          ? countHits('opt', { capacity, keyCount, seed, rate, requests: kept!.requests }, warmup)
          : online.find((run) => run.policy === policy && run.capacity === capacity)!.hits) / counted,
      ],
      expected: null,
    })),
  )
  return { results, popularity: counts.subarray(0, keyCount), requests, counted, kept }
}

const NO_REQUESTS = new Uint32Array(0)

function summaryTable(popularity: Uint32Array, requests: number, fit: ZipfFit): TableDraft {
  return {
    title: 'The trace',
    columns: {
      requests: ['requests', 'count'],
      keys: ['different keys', 'count'],
      oneHitWonders: ['requested once', 'ratio'],
      exponent: 'Zipf exponent',
      exponentLow: '95% from',
      exponentHigh: 'to',
    },
    rows: [
      {
        requests,
        keys: popularity.length,
        oneHitWonders: onceIn(popularity) / popularity.length,
        ...exponentCells(fit),
      },
    ],
  }
}

function findings(
  results: readonly { policy: PolicyName; capacity: number; ratios: readonly number[] }[],
  popularity: Uint32Array,
  kept: number,
  keyCount: number,
  capacities: readonly number[],
): Findings {
  const real = results.filter(({ policy }) => policy !== 'opt')
  const best = real.reduce((a, b) => (b.ratios[0] > a.ratios[0] ? b : a), real[0] ?? results[0])
  const once = onceIn(popularity)
  return {
    best: {
      text: `Best on this trace: ${best.policy} with ${formatRatio(best.ratios[0])} at capacity ${formatCount(best.capacity)}. One trace is one sample: try another part of it before you decide.`,
      measured: best.ratios[0],
    },
    once: {
      text: `${formatCount(once)} of ${formatCount(keyCount)} keys are requested only once: a policy gains by evicting them early.`,
      measured: once / keyCount,
    },
    large:
      capacities.some((capacity) => capacity >= keyCount) &&
      `A capacity of ${formatCount(keyCount)} or more holds all keys: nothing is ever evicted.`,
    opt:
      kept > 0 &&
      `opt needs future requests: it kept all ${formatCount(kept)} requests in ${formatBytes(kept * 8)}.`,
  }
}

/** Number of keys requested only once. */
function onceIn(popularity: Uint32Array): number {
  let once = 0
  for (let key = 0; key < popularity.length; key++) if (popularity[key] === 1) once++
  return once
}
