import { type PolicyName, policies } from '../../eviction/index.js'
import type { Progress } from '../../keys/index.js'
import { breathe } from '../../parallel/breathe.js'
import { formatCount, formatRatio } from '../../report/format.js'
import type { Column, Finding, Report } from '../../report/index.js'
import { expectedHitRatio, theories } from '../../stats/cache-theory.js'
import { mean, meanInterval } from '../../stats/summary.js'
import { topShare, type WorkloadName } from '../../workload/index.js'
import { drawAll, type RequestsSetup, workloadOf } from './requests.js'
import { simulate } from './simulate.js'

export interface HitRatioOptions extends RequestsSetup {
  readonly policies: readonly PolicyName[]
  readonly workloads: readonly WorkloadName[]
  readonly capacities: readonly number[]
  readonly runs: number
  readonly seed: number
  /** Requests a second of virtual time, for the policies that look at a clock. */
  readonly rate: number
}

/** What one policy did in all runs on one workload at one capacity. */
export interface Cell {
  readonly policy: PolicyName
  /** A workload's name, or a trace's. */
  readonly workload: string
  readonly capacity: number
  /** Hit ratio of each run, in the order of the seeds, so that runs of two policies can be paired. */
  readonly ratios: readonly number[]
  readonly expected: number | null
}

/**
 * Hit ratios of policies on the same requests, over seeds, beside theory where there is any.
 * O(policies × workloads × capacities × runs × requests).
 */
export async function hitRatio(options: HitRatioOptions, progress?: Progress): Promise<Report> {
  const cells = await measure(options, progress)
  const { runs, requests, keys, exponent } = options
  const zipf = options.workloads.some((name) => name === 'zipf' || name === 'mixed')
  return {
    schema: 'cachelab/report@1',
    command: 'evict',
    title: 'Hit ratios of eviction policies',
    parameters: {
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
    tables: [
      {
        name: 'hit-ratio',
        title: runs === 1 ? 'One run' : `Means of ${formatCount(runs)} runs, with 95% intervals`,
        columns: hitRatioColumns(runs),
        rows: cells.map((cell) => hitRatioRow(cell, requests)),
      },
    ],
    findings: [
      ...largeFindings(options),
      ...theoryFindings(cells),
      ...lfuFindings(cells),
      ...skewFindings(cells),
      ...redisFindings(cells, options.rate),
    ],
  }
}

async function measure(options: HitRatioOptions, progress?: Progress): Promise<Cell[]> {
  const { runs, warmup, requests, seed, rate } = options
  const ratios = new Map<string, number[]>()
  const id = (...parts: readonly (string | number)[]) => parts.join('/')
  let done = 0
  for (const name of options.workloads) {
    for (let run = 0; run < runs; run++) {
      const workload = workloadOf(name, options, seed + run)
      const all = drawAll(workload, warmup + requests)
      for (const policy of options.policies) {
        for (const capacity of options.capacities) {
          const cache = policies[policy].create({
            capacity,
            keyCount: workload.keyCount,
            seed: seed + run,
            rate,
            requests: all,
          })
          simulate(cache, all.subarray(0, warmup))
          const hits = simulate(cache, all.subarray(warmup))
          const key = id(policy, name, capacity)
          ratios.set(key, [...(ratios.get(key) ?? []), hits / requests])
          await breathe()
          progress?.(
            ++done,
            options.workloads.length * runs * options.policies.length * options.capacities.length,
          )
        }
      }
    }
  }
  return options.workloads.flatMap((workload) => {
    const { probabilities } = workloadOf(workload, options, seed)
    return options.capacities.flatMap((capacity) =>
      options.policies.map((policy) => ({
        policy,
        workload,
        capacity,
        ratios: ratios.get(id(policy, workload, capacity))!,
        expected: probabilities ? expectedHitRatio(policy, probabilities, capacity, requests, warmup) : null,
      })),
    )
  })
}

/** A row of the table. */
export function hitRatioRow({ policy, workload, capacity, ratios, expected }: Cell, requests: number) {
  const hitRatio = mean(ratios)
  const interval = meanInterval(ratios)
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

function largeFindings({ capacities, keys }: HitRatioOptions): Finding[] {
  const large = capacities.filter((capacity) => capacity >= keys)
  if (large.length === 0) return []
  return [
    {
      id: 'large',
      text: `A capacity of ${large.map(formatCount).join(', ')} holds all ${formatCount(keys)} keys: nothing is ever evicted, and only first requests miss.`,
    },
  ]
}

/** How far a formula may be off: Che's and Gelenbe's are approximations, and keys' counts are learned. */
const TOLERANCE = 0.02

function theoryFindings(cells: readonly Cell[]): Finding[] {
  const known = cells.filter((cell) => cell.expected !== null && cell.policy !== 'lfu')
  if (known.length === 0) return []
  const off = (cell: Cell) => Math.abs(mean(cell.ratios) - cell.expected!)
  const worst = known.reduce((a, b) => (off(b) > off(a) ? b : a))
  const names = [...new Set(known.map((cell) => theories[cell.policy]).filter((name) => name !== undefined))]
  return [
    {
      id: 'theory',
      text: `Theory (${names.join(', ') || 'capacity ÷ keys'}, from an empty cache on) is within ${formatRatio(off(worst), 1)} of what was measured everywhere; furthest for ${worst.policy} on ${worst.workload}: ${formatRatio(mean(worst.ratios), 1)}, expected ${formatRatio(worst.expected!, 1)}.`,
      measured: mean(worst.ratios),
      expected: worst.expected!,
      ok: off(worst) < TOLERANCE,
    },
  ]
}

/** LFU counts only while a key is cached: what it loses against knowing the most popular keys. */
function lfuFindings(cells: readonly Cell[]): Finding[] {
  const lfu = cells.find(
    (cell) => cell.policy === 'lfu' && cell.workload === 'zipf' && cell.expected !== null,
  )
  if (!lfu) return []
  return [
    {
      id: 'lfu',
      text: `What is expected of lfu is the share of the ${formatCount(lfu.capacity)} most popular keys, as if it knew them. It gets ${formatRatio(mean(lfu.ratios), 1)} of ${formatRatio(lfu.expected!, 1)}, for it forgets a key's count when the key leaves.`,
      measured: mean(lfu.ratios),
      expected: lfu.expected!,
    },
  ]
}

/** The lesson's last question: which policy gains most from skew, and do the runs settle it? */
function skewFindings(cells: readonly Cell[]): Finding[] {
  const capacity = Math.min(...cells.map((cell) => cell.capacity))
  const of = (policy: PolicyName, workload: WorkloadName) =>
    cells.find((cell) => cell.policy === policy && cell.workload === workload && cell.capacity === capacity)
  const gains = [...new Set(cells.map((cell) => cell.policy))]
    .filter((policy) => policy !== 'opt')
    .map((policy) => ({ policy, skewed: of(policy, 'zipf'), even: of(policy, 'uniform') }))
    .filter(({ skewed, even }) => skewed && even)
    .map(({ policy, skewed, even }) => ({
      policy,
      values: skewed!.ratios.map((ratio, i) => ratio - even!.ratios[i]),
    }))
    .sort((a, b) => mean(b.values) - mean(a.values))
  if (gains.length < 2) return []
  const [first, second] = gains
  const differences = first.values.map((value, i) => value - second.values[i])
  const { low, high } = meanInterval(differences)
  const settled = differences.length < 2 ? null : low > 0
  return [
    {
      id: 'skew',
      text: `Who gains most from skew, at capacity ${formatCount(capacity)}: ${gains
        .slice(0, 4)
        .map(({ policy, values }) => `${policy} ${points(mean(values))}`)
        .join(', ')} percentage points more than on uniform keys. ${
        settled === null
          ? 'One run can’t say by how much luck.'
          : settled
            ? `${first.policy} gains ${points(mean(differences))} more than ${second.policy}, 95% interval ${points(low)} to ${points(high)}: the runs tell them apart.`
            : `${first.policy} and ${second.policy} differ by ${points(mean(differences))}, 95% interval ${points(low)} to ${points(high)}: these runs can’t tell them apart.`
      }`,
      measured: mean(first.values),
      ...(settled ? { ok: true } : {}),
    },
  ]
}

function points(ratio: number): string {
  return (ratio * 100).toFixed(1)
}

function redisFindings(cells: readonly Cell[], rate: number): Finding[] {
  const redis = cells.find((cell) => cell.policy === 'redis-lru' && cell.workload === 'zipf')
  const same = (policy: PolicyName) =>
    cells.find(
      (cell) => cell.policy === policy && cell.workload === 'zipf' && cell.capacity === redis?.capacity,
    )
  const [random, lru] = [same('random'), same('lru')]
  if (!redis || !random || !lru) return []
  const gained = (mean(redis.ratios) - mean(random.ratios)) / (mean(lru.ratios) - mean(random.ratios))
  return [
    {
      id: 'redis',
      text: `Redis’s allkeys-lru at ${formatCount(rate)} requests a second gets ${formatRatio(mean(redis.ratios), 1)}, random ${formatRatio(mean(random.ratios), 1)}, true LRU ${formatRatio(mean(lru.ratios), 1)}: ${formatRatio(Math.max(0, gained), 0)} of LRU’s gain. Its clock ticks once a second, and keys that all came within one second look equally idle.`,
      measured: mean(redis.ratios),
      expected: mean(lru.ratios),
    },
  ]
}

/** The columns of the table, for one run or means of several. */
export function hitRatioColumns(runs: number): Column[] {
  const label = (name: string) => (runs === 1 ? name : `mean ${name}`)
  return [
    { key: 'policy', label: 'policy' },
    { key: 'workload', label: 'workload' },
    { key: 'capacity', label: 'capacity', unit: 'count' },
    { key: 'hitRatio', label: 'hit ratio', unit: 'ratio', bar: true },
    { key: 'low', label: '95% from', unit: 'ratio' },
    { key: 'high', label: 'to', unit: 'ratio' },
    { key: 'expected', label: 'expected', unit: 'ratio' },
    { key: 'requests', label: 'requests', unit: 'count', detail: true },
    { key: 'misses', label: label('misses'), unit: 'count', detail: true },
    { key: 'hits', label: label('hits'), unit: 'count', detail: true },
  ]
}
