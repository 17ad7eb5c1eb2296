import type { PolicyName } from '../../eviction/index.js'
import type { Progress } from '../../keys/index.js'
import { divide } from '../../parallel/division.js'
import { type Columns, reportOf } from '../../report/build.js'
import { countOf, formatCount, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { expectedHitRatio } from '../../stats/cache-theory.js'
import { mean } from '../../stats/summary.js'
import { shareInterval } from '../../stats/verdict.js'
import { topShare, type WorkloadName } from '../../workload/index.js'
import { costOf } from './cost.js'
import { hitRatioFigures } from './hit-ratio-figure.js'
import { type Cell, hitRatioFindings } from './hit-ratio-findings.js'
import { countAllHits, type Simulation } from './hits.js'
import { likenessFindings } from './likeness.js'
import { valuesOf } from './per-run.js'
import { type RequestsSetup, workloadOf } from './requests.js'

export interface HitRatioOptions extends RequestsSetup {
  readonly policies: readonly PolicyName[]
  readonly workloads: readonly WorkloadName[]
  readonly capacities: readonly number[]
  readonly runs: number
  readonly seed: number
  /** Requests a second of virtual time, for policies with a clock. */
  readonly rate: number
}

/**
 * Hit ratios of policies on the same requests, over seeds, beside theory where a formula exists.
 * O(policies × workloads × capacities × runs × requests).
 */
export async function hitRatio(options: HitRatioOptions, progress?: Progress): Promise<Report> {
  const cells = await measure(options, progress)
  const { runs, requests, keys, exponent } = options
  const zipf = options.workloads.some((name) => name === 'zipf' || name === 'mixed')
  return reportOf('evict', {
    title: 'Hit ratios of eviction policies',
    parameters: {
      policies: options.policies.join(', '),
      workload: options.workloads.join(', '),
      capacity: options.capacities.map(formatCount).join(', '),
      keys,
      requests,
      warmup: options.warmup > 0 ? options.warmup : null,
      runs,
      seed: options.seed,
      ...(zipf
        ? {
            exponent: Number(exponent.toFixed(4)),
            topFifth: formatRatio(topShare(keys, Math.max(1, Math.round(keys / 5)), exponent), 1),
          }
        : {}),
      ...(options.policies.some((name) => name.startsWith('redis')) ? { rate: options.rate } : {}),
    },
    tables: {
      'hit-ratio': {
        title: runs === 1 ? 'One run' : `Means of ${countOf(runs, 'run')}, with 95% intervals`,
        columns: hitRatioColumns(runs),
        rows: cells.map((cell) => hitRatioRow(cell, requests)),
      },
    },
    figures: hitRatioFigures(
      cells.map((cell) => ({
        ...hitRatioRow(cell, requests),
        group: [
          ...(options.workloads.length > 1 ? [cell.workload] : []),
          ...(options.capacities.length > 1 ? [formatCount(cell.capacity)] : []),
        ].join(', '),
      })),
    ),
    findings: { ...hitRatioFindings(cells, options), ...likenessFindings(options) },
  })
}

async function measure(options: HitRatioOptions, progress?: Progress): Promise<Cell[]> {
  const { policies, workloads, capacities, runs, warmup, requests, seed, exponent } = options
  const inputs = workloads.flatMap((workload) =>
    Array.from({ length: runs }, (_, run) =>
      policies.flatMap((policy) =>
        capacities.map((capacity) => ({ workload, exponent, seed: seed + run, policy, capacity })),
      ),
    ).flat(),
  )
  const done = await divide<Simulation, number>({
    name: 'caches',
    inputs,
    areShared: true,
    cost: ({ policy }) => costOf(policy),
    progress,
    run: (simulations, done) => countAllHits(simulations, options, done),
  })
  const ratios = new Map<string, Map<number, number>>()
  for (const { input, result } of done) {
    const name = id(input.policy, input.workload, input.capacity)
    ratios.set(name, (ratios.get(name) ?? new Map()).set(input.seed, result / requests))
  }
  return workloads.flatMap((workload) => {
    const { probabilities } = workloadOf(workload, options, seed)
    return capacities.flatMap((capacity) =>
      policies
        .filter((policy) => ratios.has(id(policy, workload, capacity)))
        .map((policy) => ({
          policy,
          workload,
          capacity,
          ratios: ratios.get(id(policy, workload, capacity))!,
          expected: probabilities
            ? expectedHitRatio(policy, probabilities, capacity, requests, warmup)
            : null,
        })),
    )
  })
}

const id = (...parts: readonly (string | number)[]) => parts.join('/')

/** A row of the table. */
export function hitRatioRow({ policy, workload, capacity, expected, ...cell }: Cell, requests: number) {
  const ratios = valuesOf(cell.ratios)
  const hitRatio = mean(ratios)
  const interval = shareInterval(ratios, requests, 0.95)
  const single = ratios.length < 2
  return {
    policy,
    workload,
    capacity,
    requests,
    hits: single ? Math.round(hitRatio * requests) : hitRatio * requests,
    misses: single ? requests - Math.round(hitRatio * requests) : (1 - hitRatio) * requests,
    hitRatio,
    low: single ? null : Math.max(0, interval.low),
    high: single ? null : Math.min(1, interval.high),
    expected,
  }
}

/** The columns of the table, for one run or means of several. */
export function hitRatioColumns(runs: number): Columns {
  const label = (name: string) => (runs === 1 ? name : `mean ${name}`)
  return {
    policy: 'policy',
    workload: 'workload',
    capacity: ['capacity', 'count'],
    hitRatio: ['hit ratio', 'ratio', 'bar'],
    low: ['95% from', 'ratio'],
    high: ['to', 'ratio'],
    expected: ['expected', 'ratio'],
    requests: ['requests', 'count', 'detail'],
    misses: [label('misses'), 'count', 'detail'],
    hits: [label('hits'), 'count', 'detail'],
  }
}
