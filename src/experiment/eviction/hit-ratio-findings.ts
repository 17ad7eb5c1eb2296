import type { PolicyName } from '../../eviction/index.js'
import type { FindingDraft, Findings } from '../../report/build.js'
import { formatCount, formatRatio } from '../../report/format.js'
import { theories } from '../../stats/cache-theory.js'
import { mean, meanInterval } from '../../stats/summary.js'
import type { ZipfFit } from '../../stats/zipf-fit.js'
import type { WorkloadName } from '../../workload/index.js'

/** Results of one policy over all runs on one workload at one capacity. */
export interface Cell {
  readonly policy: PolicyName
  /** A workload's name, or a trace's. */
  readonly workload: string
  readonly capacity: number
  /** Hit ratio of each run, in the order of the seeds, so that runs of two policies can be paired. */
  readonly ratios: readonly number[]
  readonly expected: number | null
}

/** The part of the setup that the findings use. */
interface FindingsSetup {
  readonly capacities: readonly number[]
  readonly keys: number
  readonly rate: number
}

/** Findings: agreement with theory, the gain from skew, and Redis's approximation of LRU. */
export function hitRatioFindings(cells: readonly Cell[], setup: FindingsSetup): Findings {
  return {
    ...largeFindings(setup),
    ...theoryFindings(cells),
    ...lfuFindings(cells),
    ...skewFindings(cells),
    ...redisFindings(cells, setup.rate),
  }
}

function largeFindings({ capacities, keys }: FindingsSetup): Findings {
  const large = capacities.filter((capacity) => capacity >= keys)
  if (large.length === 0) return {}
  return {
    large: `A capacity of ${large.map(formatCount).join(', ')} holds all ${formatCount(keys)} keys: nothing is ever evicted, and only first requests miss.`,
  }
}

/** Tolerance of a formula: Che's and Gelenbe's are approximations, and LFU learns the counts of keys. */
const TOLERANCE = 0.02

function theoryFindings(cells: readonly Cell[]): Findings {
  const known = cells.filter((cell) => cell.expected !== null && cell.policy !== 'lfu')
  if (known.length === 0) return {}
  const off = (cell: Cell) => Math.abs(mean(cell.ratios) - cell.expected!)
  const worst = known.reduce((a, b) => (off(b) > off(a) ? b : a))
  const names = [...new Set(known.map((cell) => theories[cell.policy]).filter((name) => name !== undefined))]
  return {
    theory: {
      text: `Theory (${names.join(', ') || 'capacity ÷ keys'}, starting from an empty cache) differs from the measured ratios by at most ${formatRatio(off(worst), 1)}: ${worst.policy} on ${worst.workload} hits ${formatRatio(mean(worst.ratios), 1)}, expected ${formatRatio(worst.expected!, 1)}.`,
      measured: mean(worst.ratios),
      expected: worst.expected!,
      ok: off(worst) < TOLERANCE,
    },
  }
}

/** LFU counts only while a key is cached: its distance from a cache of the most popular keys. */
function lfuFindings(cells: readonly Cell[]): Findings {
  const lfu = cells.find(
    (cell) => cell.policy === 'lfu' && cell.workload === 'zipf' && cell.expected !== null,
  )
  if (!lfu) return {}
  return {
    lfu: {
      text: `LFU hits ${formatRatio(mean(lfu.ratios), 1)}; a cache that always held the ${formatCount(lfu.capacity)} most popular keys would hit ${formatRatio(lfu.expected!, 1)}. LFU loses a key's count when it evicts the key.`,
      measured: mean(lfu.ratios),
      expected: lfu.expected!,
    },
  }
}

/** The lesson's last question: which policy gains most from skew, and do the runs settle it? */
function skewFindings(cells: readonly Cell[]): Findings {
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
  if (gains.length < 2) return {}
  const [first, second] = gains
  const differences = first.values.map((value, i) => value - second.values[i])
  const { low, high } = meanInterval(differences)
  const settled = differences.length < 2 ? null : low > 0
  return {
    skew: {
      text: `Gain from skew at capacity ${formatCount(capacity)}: ${gains
        .slice(0, 4)
        .map(({ policy, values }) => `${policy} ${points(mean(values))}`)
        .join(', ')} percentage points more than on uniform keys. ${
        settled === null
          ? 'One run can’t separate this from chance.'
          : settled
            ? `${first.policy} gains ${points(mean(differences))} more than ${second.policy}, 95% interval ${points(low)} to ${points(high)}: the runs separate them.`
            : `${first.policy} and ${second.policy} differ by ${points(mean(differences))}, 95% interval ${points(low)} to ${points(high)}: these runs can’t separate them.`
      }`,
      measured: mean(first.values),
      ...(settled ? { ok: true } : {}),
    },
  }
}

function points(ratio: number): string {
  return (ratio * 100).toFixed(1)
}

function redisFindings(cells: readonly Cell[], rate: number): Findings {
  const redis = cells.find((cell) => cell.policy === 'redis-lru' && cell.workload === 'zipf')
  const same = (policy: PolicyName) =>
    cells.find(
      (cell) => cell.policy === policy && cell.workload === 'zipf' && cell.capacity === redis?.capacity,
    )
  const [random, lru] = [same('random'), same('lru')]
  if (!redis || !random || !lru) return {}
  const gained = (mean(redis.ratios) - mean(random.ratios)) / (mean(lru.ratios) - mean(random.ratios))
  return {
    redis: {
      text: `Redis’s allkeys-lru at ${formatCount(rate)} requests a second gets ${formatRatio(mean(redis.ratios), 1)}, random ${formatRatio(mean(random.ratios), 1)}, true LRU ${formatRatio(mean(lru.ratios), 1)}: ${formatRatio(Math.max(0, gained), 0)} of LRU’s gain. Its clock has a resolution of one second, so all keys requested within the same second have equal idle times.`,
      measured: mean(redis.ratios),
      expected: mean(lru.ratios),
    },
  }
}

/** The cells of a trace's Zipf exponent, with as many decimals as its interval supports. */
export function exponentCells(
  fit: ZipfFit,
): Record<'exponent' | 'exponentLow' | 'exponentHigh', number | null> {
  if (fit.exponent === null) return { exponent: null, exponentLow: null, exponentHigh: null }
  const { exponent, low, high } = fit
  const decimals = Math.min(6, Math.max(1, 1 - Math.floor(Math.log10(high - low))))
  const rounded = (value: number) => Number(value.toFixed(decimals))
  return { exponent: rounded(exponent), exponentLow: rounded(low), exponentHigh: rounded(high) }
}

/** Why a trace has no Zipf exponent; null where it has one. */
export function zipfFinding(fit: ZipfFit): FindingDraft | null {
  if (fit.exponent !== null) return null
  if (fit.why === 'too few requests')
    return 'No Zipf exponent: too few keys, or too few requests for a key requested before, to fit one.'
  const chance = fit.p < 0.0001 ? 'p < 0.0001' : `p = ${fit.p.toPrecision(1)}`
  return `No Zipf exponent: the popularity of the keys does not follow Zipf’s law (χ² test of fit, ${chance}).`
}
