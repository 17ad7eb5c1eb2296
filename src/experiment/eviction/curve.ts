import type { PolicyName } from '../../eviction/index.js'
import type { Progress } from '../../keys/index.js'
import { fact } from '../../parallel/division.js'
import { type FindingDraft, type Findings, reportOf } from '../../report/build.js'
import { formatCount, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import type { ReportParameters } from '../../report/parameters.js'
import { missCurves } from './miss-curves.js'
import { type RequestSource, readsOf, requestsFrom, type SourceRequests, sumOf } from './requests.js'

export interface CurveOptions {
  readonly policies: readonly PolicyName[]
  /** Number of capacities, evenly spaced on a logarithmic scale from 1 to the number of keys. */
  readonly points: number
  /** Requests that are not counted. */
  readonly warmup: number
  readonly seed: number
  readonly rate: number
  readonly source: RequestSource
}

/** Miss ratio against capacity for several policies on the same requests. Uses all cores. */
export async function missRatioCurve(options: CurveOptions, progress?: Progress): Promise<Report> {
  const { source, warmup } = options
  const { parameters, ...measured } = await measure(options, progress)
  return curveReport({
    ...measured,
    parameters: {
      policies: options.policies.join(', '),
      ...parameters,
      warmup: warmup > 0 ? warmup : null,
      seed: 'trace' in source ? null : options.seed,
    },
  })
}

/** Curves over the same capacities, and what else is to be said of them. */
export interface MeasuredCurves {
  readonly name: string
  readonly parameters: ReportParameters
  readonly capacities: readonly number[]
  readonly curves: readonly Curve[]
  readonly findings?: Findings
}

export function curveReport({ name, parameters, capacities, curves, findings }: MeasuredCurves): Report {
  return reportOf('evict curve', {
    title: `Miss ratio against capacity on ${name}`,
    parameters,
    tables: {
      curve: {
        title: 'Miss ratio, one run',
        columns: {
          capacity: ['capacity', 'count'],
          ...Object.fromEntries(curves.map(({ policy }) => [policy, [policy, 'ratio']] as const)),
        },
        rows: capacities.map((capacity, i) => ({
          capacity,
          ...Object.fromEntries(curves.map(({ policy, ratios }) => [policy, ratios[i]])),
        })),
      },
    },
    figures: [
      {
        kind: 'curves',
        title: 'Miss ratio',
        x: { label: 'capacity', unit: 'count', log: true },
        y: { label: 'miss ratio', unit: 'ratio' },
        series: curves.map(({ policy, ratios }) => ({
          name: policy,
          points: ratios.flatMap((ratio, i) => (ratio === null ? [] : [[capacities[i], ratio] as const])),
        })),
      },
    ],
    findings: { ...findings, ...halfFindings(curves, capacities), floor: floorFinding(curves) },
  })
}

async function measure(options: CurveOptions, progress?: Progress) {
  const { points, warmup, policies, seed, rate } = options
  const { keyCount, count, isReplayed, counted, name, parameters, read } = await sharedRequests(
    options,
    progress,
  )
  const capacities = spaced(1, keyCount, points)
  const requests = () => {
    const { all, history } = read()
    return { requests: all, history, keyCount, seed, rate }
  }
  const [misses] = await missCurves(
    'curves',
    [{ policies, capacities, count, warmup, isReplayed, requests }],
    progress,
  )
  const curves = [...misses].map(([policy, counts]) => ({
    policy,
    ratios: counts.map((misses) => (misses === null ? null : misses / counted)),
  }))
  return { curves, capacities, name, parameters }
}

/** The requests as every machine that does a part of the work finds them; `read` gives them where there are tasks to do. */
async function sharedRequests(options: CurveOptions, progress?: Progress) {
  let source: SourceRequests | undefined
  const known = await fact('the requests', async () => {
    source = await requestsFrom(options, progress)
    const { all, history, keyCount, name, parameters } = source
    const { keys } = history ?? { keys: all }
    const counted = history ? readsOf(history, options.warmup).length : all.length - options.warmup
    return {
      ...{ keyCount, counted, name, parameters },
      ...{ count: keys.length, isReplayed: history !== undefined, sum: sumOf(keys) },
    }
  })
  return { ...known, read: () => source! }
}

export interface Curve {
  readonly policy: PolicyName
  /** At each capacity; null at one that a partial report lacks. */
  readonly ratios: readonly (number | null)[]
}

/** Whole numbers from `least` to `most`, evenly on a logarithmic scale, each once. */
export function spaced(least: number, most: number, points: number): number[] {
  const all = Array.from({ length: points }, (_, i) =>
    Math.round(least * (most / least) ** (points === 1 ? 1 : i / (points - 1))),
  )
  return [...new Set(all)]
}

/** The smallest capacity at which each policy hits half of the requests. */
function halfFindings(curves: readonly Curve[], capacities: readonly number[]): Findings {
  const reached = curves
    .map(({ policy, ratios }) => ({
      policy,
      at: capacities[ratios.findIndex((ratio) => ratio !== null && ratio <= 0.5)],
    }))
    .filter(({ at }) => at !== undefined)
    .sort((a, b) => a.at - b.at)
  if (reached.length === 0) return {}
  return {
    half: {
      text: `Half of the requests hit at a capacity of ${reached.map(({ policy, at }) => `${formatCount(at)} (${policy})`).join(', ')} or more, of those tried.`,
      measured: reached[0].at,
    },
  }
}

function floorFinding(curves: readonly Curve[]): FindingDraft | undefined {
  const known = curves.flatMap(({ ratios }) => ratios).filter((ratio) => ratio !== null)
  if (known.length === 0) return undefined
  const least = Math.min(...known)
  return {
    text: `No capacity gets below ${formatRatio(least)}: the first request of a key misses in any cache.`,
    measured: least,
  }
}
