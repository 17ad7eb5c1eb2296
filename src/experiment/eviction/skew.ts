import type { PolicyName } from '../../eviction/index.js'
import { type Progress, summed } from '../../keys/index.js'
import { type Findings, reportOf } from '../../report/build.js'
import { countOf, formatCount } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { mean } from '../../stats/summary.js'
import { differenceInterval, jointConfidence, shareInterval } from '../../stats/verdict.js'
import { topShare } from '../../workload/index.js'
import { points } from '../comparison.js'
import { drawAll, type RequestsSetup, workloadOf } from './requests.js'
import { countHitsInTurns } from './simulate.js'

export interface SkewOptions extends Omit<RequestsSetup, 'exponent'> {
  readonly policies: readonly PolicyName[]
  readonly capacity: number
  readonly exponents: readonly number[]
  readonly runs: number
  readonly seed: number
  readonly rate: number
}

/** Hit ratios at one exponent: for each policy those of all runs, in the order of the seeds. */
interface Point {
  readonly exponent: number
  readonly ratios: Readonly<Record<string, readonly number[]>>
}

/** Hit ratio against Zipf's exponent, and the exponent from which each policy gains over random. */
export async function skewSweep(options: SkewOptions, progress?: Progress): Promise<Report> {
  const { policies: names, keys, requests, warmup, capacity, runs, seed } = options
  const measured = await measure(options, progress)
  const rows = measured.map(({ exponent, ratios }): Record<string, number> => {
    const means = Object.fromEntries(names.map((name) => [name, mean(ratios[name])]))
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
          points: measured.map(({ exponent, ratios }) => {
            const { low, high } = shareInterval(ratios[name], requests, 0.95)
            return runs === 1
              ? ([exponent, mean(ratios[name])] as const)
              : ([exponent, mean(ratios[name]), Math.max(0, low), Math.min(1, high)] as const)
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
        .map(({ exponent, ratios }) => ({
          exponent,
          ...differenceInterval(
            ratios[name].map((ratio, run) => ratio - ratios.random[run]),
            requests,
            confidence,
          ),
        }))
        .find(({ low }) => low > 0)
      const text = visible
        ? `${name} gains over random from exponent ${visible.exponent} on, of those tried: there by ${points(visible.low)} to ${points(visible.high)} percentage points (95% interval for all comparisons together).`
        : `${name}: too few runs to tell a gain over random from chance (${formatCount(runs)} at each exponent).`
      return [`gain-${name}`, { text, measured: visible?.exponent }]
    }),
  )
}

async function measure(options: SkewOptions, progress?: Progress) {
  const { policies: names, exponents, keys, requests, warmup, capacity, runs, seed, rate } = options
  const measured: Point[] = []
  const passed = summed(progress, exponents.length * runs * names.length * (warmup + requests))
  for (const exponent of exponents) {
    const ratios = Object.fromEntries(names.map((name) => [name, [] as number[]]))
    for (let run = 0; run < runs; run++) {
      const workload = workloadOf('zipf', { ...options, exponent }, seed + run)
      const all = drawAll(workload, warmup + requests)
      for (const name of names) {
        const settings = { capacity, keyCount: keys, seed: seed + run, rate, requests: all }
        ratios[name].push((await countHitsInTurns(name, settings, warmup, passed)) / requests)
      }
    }
    measured.push({ exponent, ratios })
  }
  return measured
}
