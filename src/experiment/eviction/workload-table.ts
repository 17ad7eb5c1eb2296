import { reportOf } from '../../report/build.js'
import { formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { workloadNames, workloads } from '../../workload/index.js'
import { drawAll, type RequestsSetup, workloadOf } from './requests.js'

export interface WorkloadTableOptions extends RequestsSetup {
  readonly seed: number
}

/** Ranks at which the popularity figure has points. */
const PLOT_POINTS = 24

/** Every workload with its description and the popularity of its keys. */
export function workloadTable(options: WorkloadTableOptions): Report {
  const measured = workloadNames.map((name) => {
    const workload = workloadOf(name, options, options.seed)
    const counts = new Uint32Array(workload.keyCount)
    for (const key of drawAll(workload, options.requests)) counts[key]++
    const ranked = counts
      .sort()
      .reverse()
      .filter((count) => count > 0)
    const top = ranked.subarray(0, Math.max(1, Math.round(workload.keyCount / 5)))
    return {
      name,
      idea: workloads[name].idea,
      distinct: ranked.length,
      oneHit: ranked.filter((count) => count === 1).length / ranked.length,
      topFifth: top.reduce((sum, count) => sum + count, 0) / options.requests,
      ranked,
    }
  })
  return reportOf('evict workloads', {
    title: 'Workloads',
    parameters: {
      keys: options.keys,
      requests: options.requests,
      seed: options.seed,
      exponent: Number(options.exponent.toFixed(4)),
    },
    tables: {
      workloads: {
        title: 'Their requests, measured on one run',
        columns: {
          workload: 'workload',
          idea: 'idea',
          distinct: ['different keys', 'count'],
          oneHit: ['requested once', 'ratio'],
          topFifth: ['top fifth of the keys gets', 'ratio'],
        },
        rows: measured.map(({ name, idea, distinct, oneHit, topFifth }) => ({
          workload: name,
          idea,
          distinct,
          oneHit,
          topFifth,
        })),
      },
    },
    figures: [
      {
        kind: 'curves',
        title: 'Popularity: requests of a key against its rank',
        x: { label: 'rank', unit: 'count', log: true },
        y: { label: 'requests', unit: 'count', log: true },
        series: measured.map(({ name, ranked }) => ({
          name,
          points: spacedRanks(ranked.length).map((rank) => [rank, ranked[rank - 1]] as const),
        })),
      },
    ],
    findings: {
      zipf: zipfAtRanks(measured.find(({ name }) => name === 'zipf')!.ranked, options.exponent),
      shape:
        'On logarithmic axes Zipf’s law is a straight falling line; a flat line means that all keys are equally popular. The gain from a cache depends on popularity and on the order of requests: loop and uniform have the same popularity and need different policies.',
    },
  })
}

/** Ranks whose requests are compared with those of the most popular key. */
const RANKS = [2, 3, 5, 10]

function zipfAtRanks(ranked: Uint32Array, exponent: number): string | false {
  const ranks = RANKS.filter((rank) => rank <= ranked.length)
  const shares = (share: (rank: number) => number) =>
    ranks.map((rank) => formatRatio(share(rank), 1)).join(', ')
  return (
    ranks.length > 1 &&
    `Zipf: the keys of ranks ${ranks.join(', ')} get ${shares((rank) => ranked[rank - 1] / ranked[0])} of the most popular key’s requests. The law, 1 ÷ rank^${Number(exponent.toFixed(2))}, says ${shares((rank) => rank ** -exponent)}.`
  )
}

function spacedRanks(most: number): number[] {
  return [
    ...new Set(Array.from({ length: PLOT_POINTS }, (_, i) => Math.round(most ** (i / (PLOT_POINTS - 1))))),
  ]
}
