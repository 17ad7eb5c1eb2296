import type { PolicyName } from '../../eviction/index.js'
import type { Progress } from '../../keys/index.js'
import { breathe } from '../../parallel/breathe.js'
import { reportOf } from '../../report/build.js'
import { formatCount } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { mean } from '../../stats/summary.js'
import { topShare } from '../../workload/index.js'
import { drawAll, type RequestsSetup, workloadOf } from './requests.js'
import { countHits } from './simulate.js'

export interface SkewOptions extends Omit<RequestsSetup, 'exponent'> {
  readonly policies: readonly PolicyName[]
  readonly capacity: number
  readonly exponents: readonly number[]
  readonly runs: number
  readonly seed: number
  readonly rate: number
}

/** Smallest gain over random that is reported. */
const VISIBLE = 0.02

/** Hit ratio against Zipf's exponent, and the exponent from which each policy gains over random. */
export async function skewSweep(options: SkewOptions, progress?: Progress): Promise<Report> {
  const { policies: names, keys, requests, warmup, capacity, runs, seed } = options
  const rows = await measure(options, progress)
  return reportOf('evict skew', {
    title: `Hit ratio at capacity ${formatCount(capacity)} as skew grows`,
    parameters: { keys, requests, warmup: warmup > 0 ? warmup : null, capacity, runs, seed },
    tables: {
      skew: {
        title: runs === 1 ? 'One run' : `Means of ${formatCount(runs)} runs`,
        columns: {
          exponent: 'exponent',
          topFifth: ['requests to the top fifth', 'ratio'],
          ...Object.fromEntries(names.map((name) => [name, [name, 'ratio']] as const)),
        },
        rows,
      },
    },
    plots: [
      {
        kind: 'curves',
        title: 'Hit ratio',
        x: { label: 'exponent' },
        y: { label: 'hit ratio', unit: 'ratio' },
        series: names.map((name) => ({
          name,
          points: rows.map((row) => [row.exponent, row[name]] as const),
        })),
      },
    ],
    findings: Object.fromEntries(
      names
        .filter((name) => name !== 'random' && name !== 'opt' && names.includes('random'))
        .map((name) => {
          const first = rows.find((row) => row[name] - row.random > VISIBLE)?.exponent
          const text =
            first === undefined
              ? `${name} never gains two percentage points over random.`
              : `${name} gains at least two percentage points over random from exponent ${first} on, of those tried.`
          return [`gain-${name}`, { text, measured: first }]
        }),
    ),
  })
}

async function measure(options: SkewOptions, progress?: Progress) {
  const { policies: names, exponents, keys, requests, warmup, capacity, runs, seed, rate } = options
  const rows: Record<string, number>[] = []
  for (const exponent of exponents) {
    const ratios = Object.fromEntries(names.map((name) => [name, [] as number[]]))
    for (let run = 0; run < runs; run++) {
      const workload = workloadOf('zipf', { ...options, exponent }, seed + run)
      const all = drawAll(workload, warmup + requests)
      for (const name of names) {
        const settings = { capacity, keyCount: keys, seed: seed + run, rate, requests: all }
        ratios[name].push(countHits(name, settings, warmup) / requests)
        await breathe()
      }
    }
    const means = Object.fromEntries(names.map((name) => [name, mean(ratios[name])]))
    rows.push({ exponent, topFifth: topShare(keys, Math.max(1, Math.round(keys / 5)), exponent), ...means })
    progress?.(rows.length, exponents.length)
  }
  return rows
}
