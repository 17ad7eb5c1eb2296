import type { PolicyName } from '../../eviction/index.js'
import type { Progress } from '../../keys/index.js'
import { divide } from '../../parallel/division.js'
import { type Findings, reportOf } from '../../report/build.js'
import { countOf, formatCount } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { mean } from '../../stats/summary.js'
import { differenceInterval, jointConfidence, shareInterval } from '../../stats/verdict.js'
import { topShare } from '../../workload/index.js'
import { points } from '../comparison.js'
import { costOf } from './cost.js'
import { countAllHits, type Simulation } from './hits.js'
import { less, type PerRun, valuesOf } from './per-run.js'
import type { RequestsSetup } from './requests.js'

export interface SkewOptions extends Omit<RequestsSetup, 'exponent'> {
  readonly policies: readonly PolicyName[]
  readonly capacity: number
  readonly exponents: readonly number[]
  readonly runs: number
  readonly seed: number
  readonly rate: number
}

/** Hit ratios of each policy at one exponent. */
interface Point {
  readonly exponent: number
  readonly ratios: Readonly<Record<string, PerRun>>
}

/** Hit ratio against Zipf's exponent, and the exponent from which each policy gains over random. */
export async function skewSweep(options: SkewOptions, progress?: Progress): Promise<Report> {
  const { policies: names, keys, requests, warmup, capacity, runs, seed } = options
  const measured = await measure(options, progress)
  const rows = measured.map(({ exponent, ratios }): Record<string, number | null> => {
    const means = Object.fromEntries(
      names.map((name) => [name, ratios[name].size > 0 ? mean(valuesOf(ratios[name])) : null]),
    )
    return { exponent, topFifth: topShare(keys, Math.max(1, Math.round(keys / 5)), exponent), ...means }
  })
  return reportOf('evict skew', {
    title: `Hit ratio at capacity ${formatCount(capacity)} as skew grows`,
    parameters: {
      policies: names.join(', '),
      keys,
      requests,
      warmup: warmup > 0 ? warmup : null,
      capacity,
      runs,
      seed,
    },
    tables: {
      skew: {
        title: runs === 1 ? 'One run' : `Means of ${countOf(runs, 'run')}`,
        columns: {
          exponent: 'exponent',
          topFifth: ['requests to the top fifth', 'ratio'],
          ...Object.fromEntries(names.map((name) => [name, [name, 'ratio']] as const)),
        },
        rows,
      },
    },
    figures: [
      {
        kind: 'curves',
        title: 'Hit ratio',
        x: { label: 'exponent' },
        y: { label: 'hit ratio', unit: 'ratio' },
        series: names.map((name) => ({
          name,
          points: measured
            .filter(({ ratios }) => ratios[name].size > 0)
            .map(({ exponent, ratios }) => {
              const values = valuesOf(ratios[name])
              const { low, high } = shareInterval(values, requests, 0.95)
              return values.length === 1
                ? ([exponent, mean(values)] as const)
                : ([exponent, mean(values), Math.max(0, low), Math.min(1, high)] as const)
            }),
        })),
      },
    ],
    findings: gains(options, measured),
  })
}

/** From which exponent on each policy has more hits than random, as far as the runs can tell. */
function gains({ policies, requests, runs }: SkewOptions, measured: readonly Point[]): Findings {
  const compared = policies.filter(
    (name) => name !== 'random' && name !== 'opt' && policies.includes('random'),
  )
  const confidence = jointConfidence(compared.length * measured.length)
  return Object.fromEntries(
    compared.map((name) => {
      const visible = measured
        .map(({ exponent, ratios }) => ({ exponent, values: valuesOf(less(ratios[name], ratios.random)) }))
        .filter(({ values }) => values.length > 0)
        .map(({ exponent, values }) => ({ exponent, ...differenceInterval(values, requests, confidence) }))
        .find(({ low }) => low > 0)
      const text = visible
        ? `${name} gains over random from exponent ${visible.exponent} on, of those tried: there by ${points(visible.low)} to ${points(visible.high)} percentage points (95% interval for all comparisons together).`
        : `${name}: too few runs to tell a gain over random from chance (${formatCount(runs)} at each exponent).`
      return [`gain-${name}`, { text, measured: visible?.exponent }]
    }),
  )
}

async function measure(options: SkewOptions, progress?: Progress): Promise<Point[]> {
  const { policies, exponents, capacity, requests, runs, seed } = options
  const done = await divide<Simulation, number>({
    name: 'caches',
    inputs: exponents.flatMap((exponent) =>
      Array.from({ length: runs }, (_, run) =>
        policies.map((policy) => ({
          ...{ policy, capacity, exponent, workload: 'zipf' as const, seed: seed + run },
        })),
      ).flat(),
    ),
    areShared: true,
    cost: ({ policy }) => costOf(policy),
    progress,
    run: (simulations, done) => countAllHits(simulations, options, done),
  })
  const points = exponents.map((exponent) => ({
    exponent,
    ratios: Object.fromEntries(policies.map((policy) => [policy, new Map<number, number>()])),
  }))
  const of = new Map(points.map((point) => [point.exponent, point.ratios]))
  for (const { input, result } of done)
    of.get(input.exponent)![input.policy].set(input.seed, result / requests)
  return points
}
