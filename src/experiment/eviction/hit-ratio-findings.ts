import type { PolicyName } from '../../eviction/index.js'
import type { FindingDraft, Findings } from '../../report/build.js'
import { countOf, formatCount, formatRatio } from '../../report/format.js'
import { theories } from '../../stats/cache-theory.js'
import { mean } from '../../stats/summary.js'
import { differenceInterval, jointConfidence, shareInterval, verdict } from '../../stats/verdict.js'
import type { ZipfFit } from '../../stats/zipf-fit.js'
import type { WorkloadName } from '../../workload/index.js'
import { comparisonFinding, points } from '../comparison.js'
import { less, type PerRun, valuesOf } from './per-run.js'

/** Results of one policy over all runs on one workload at one capacity. */
export interface Cell {
  readonly policy: PolicyName
  /** A workload's name, or a trace's. */
  readonly workload: string
  readonly capacity: number
  readonly ratios: PerRun
  readonly expected: number | null
}

/** The part of the setup that the findings use. */
interface FindingsSetup {
  readonly capacities: readonly number[]
  readonly keys: number
  readonly rate: number
  /** Counted requests of a run. */
  readonly requests: number
}

/** Findings: agreement with theory, the gain from skew, and Redis's approximation of LRU. */
export function hitRatioFindings(cells: readonly Cell[], setup: FindingsSetup): Findings {
  return {
    ...largeFindings(setup),
    ...theoryFindings(cells, setup.requests),
    ...skewFindings(cells, setup.requests),
    ...redisFindings(cells, setup),
  }
}

function largeFindings({ capacities, keys }: FindingsSetup): Findings {
  const large = capacities.filter((capacity) => capacity >= keys)
  if (large.length === 0) return {}
  return {
    large: `A capacity of ${large.map(formatCount).join(', ')} holds all ${countOf(keys, 'key')}: nothing is ever evicted, and only first requests miss.`,
  }
}

/** The measured ratios against the formulas, all of which start from an empty cache; and why LFU stays below its own. */
function theoryFindings(cells: readonly Cell[], requests: number): Findings {
  const known = cells.filter(({ expected }) => expected !== null)
  const names = [...new Set(known.map((cell) => theories[cell.policy]).filter((name) => name !== undefined))]
  const confidence = jointConfidence(known.length)
  const cases = known.map((cell) => {
    const { policy, workload, capacity, expected } = cell
    const ratios = valuesOf(cell.ratios)
    const name = `${policy} on ${workload}${several(known, capacity) ? ` at ${formatCount(capacity)}` : ''}`
    return { cell, name, ...verdict(mean(ratios), expected!, shareInterval(ratios, requests, confidence)) }
  })
  const lfu = cases.find(({ cell, kind }) => cell.policy === 'lfu' && kind === 'differs')
  return {
    theory:
      cases.length > 0 &&
      comparisonFinding({
        subject: `Theory (${names.join(', ') || 'capacity ÷ keys'}; from an empty cache on)`,
        things: 'measured hit ratios',
        unit: 'ratio',
        isApproximate: true,
        cases,
      }),
    approximation:
      cases.some(({ cell, kind }) => cell.policy !== 'lfu' && kind === 'differs') &&
      'Che’s and Gelenbe’s formulas are approximations: they have an error of their own, which is largest for small caches.',
    lfu: lfu && {
      text: `LFU loses a key's count when it evicts the key. It hits ${formatRatio(lfu.measured, 1)}; a cache that, once full, always held the ${formatCount(lfu.cell.capacity)} most popular keys would hit ${formatRatio(lfu.expected, 1)}.`,
      measured: lfu.measured,
      expected: lfu.expected,
    },
  }
}

/** Whether there are other capacities than this one. */
function several(cells: readonly Cell[], capacity: number): boolean {
  return cells.some((cell) => cell.capacity !== capacity)
}

/** The lesson's last question: which policy gains most from skew, and do the runs settle it? */
function skewFindings(cells: readonly Cell[], requests: number): Findings {
  const capacity = Math.min(...cells.map((cell) => cell.capacity))
  const of = (policy: PolicyName, workload: WorkloadName) =>
    cells.find((cell) => cell.policy === policy && cell.workload === workload && cell.capacity === capacity)
  const gains = [...new Set(cells.map((cell) => cell.policy))]
    .filter((policy) => policy !== 'opt')
    .map((policy) => ({ policy, skewed: of(policy, 'zipf'), even: of(policy, 'uniform') }))
    .filter(({ skewed, even }) => skewed && even)
    .map(({ policy, skewed, even }) => {
      const perRun = less(skewed!.ratios, even!.ratios)
      return { policy, perRun, values: valuesOf(perRun) }
    })
    .filter(({ values }) => values.length > 0)
    .sort((a, b) => mean(b.values) - mean(a.values))
  if (gains.length < 2) return {}
  const [first, second] = gains
  const differences = valuesOf(less(first.perRun, second.perRun))
  if (differences.length === 0) return {}
  // The first is compared with each of the others, and the second is the closest of them.
  const confidence = jointConfidence(gains.length - 1)
  const { low, high } = differenceInterval(differences, requests, confidence)
  const isSettled = low > 0
  const list = gains.slice(0, 4).map(({ policy, values }) => `${policy} ${points(mean(values))}`)
  const by = `${points(mean(differences))} percentage points, 95% interval ${points(low)} to ${points(high)}`
  const verdict =
    differences.length < 2
      ? 'One run is too few to separate them.'
      : differences.every((difference) => difference === 0)
        ? `${first.policy} and ${second.policy} gain the same in each run.`
        : isSettled
          ? `${first.policy} gains more than ${second.policy} by ${by}.`
          : `${first.policy} and ${second.policy} differ by ${by}: too few runs to separate them.`
  return {
    skew: {
      text: `Gain from skew at capacity ${formatCount(capacity)}, in percentage points over uniform keys: ${list.join(', ')}. ${verdict}`,
      measured: mean(first.values),
    },
  }
}

function redisFindings(cells: readonly Cell[], { rate, requests }: FindingsSetup): Findings {
  const redis = cells.find((cell) => cell.policy === 'redis-lru' && cell.workload === 'zipf')
  const same = (policy: PolicyName) =>
    cells.find(
      (cell) => cell.policy === policy && cell.workload === 'zipf' && cell.capacity === redis?.capacity,
    )
  const [random, lru] = [same('random'), same('lru')]
  if (!redis || !random || !lru) return {}
  const gains = valuesOf(less(lru.ratios, random.ratios))
  if (gains.length === 0) return {}
  const [ofRedis, ofRandom, ofLru] = [redis, random, lru].map(({ ratios }) => mean(valuesOf(ratios)))
  const isGain = differenceInterval(gains, requests, 0.95).low > 0
  const share = (ofRedis - ofRandom) / mean(gains)
  const gained = isGain
    ? `${formatRatio(Math.max(0, share), 0)} of LRU’s gain`
    : 'too few runs to say that LRU gains over random'
  return {
    redis: {
      text: `Redis’s allkeys-lru at ${countOf(rate, 'request')} a second gets ${formatRatio(ofRedis, 1)}, random ${formatRatio(ofRandom, 1)}, true LRU ${formatRatio(ofLru, 1)}: ${gained}. Its clock has a resolution of one second, so all keys requested within the same second have equal idle times.`,
      measured: ofRedis,
      expected: ofLru,
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
