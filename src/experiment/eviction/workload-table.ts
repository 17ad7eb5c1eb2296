import { type Progress, summed } from '../../keys/index.js'
import { breathe } from '../../parallel/breathe.js'
import { reportOf } from '../../report/build.js'
import { formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { type Workload, workloadNames, workloads } from '../../workload/index.js'
import { type RequestsSetup, workloadOf } from './requests.js'

export interface WorkloadTableOptions extends RequestsSetup {
  readonly seed: number
}

/** Ranks at which the popularity figure has points. */
const PLOT_POINTS = 24
/** Ranks whose requests are compared with those of the most popular key. */
const RANKS = [2, 3, 5, 10]
/** Requests that are drawn at once. */
const BATCH = 1 << 16

/** Every workload with its description and the popularity of its keys. */
export async function workloadTable(options: WorkloadTableOptions, progress?: Progress): Promise<Report> {
  const passed = summed(progress, workloadNames.length * options.requests)
  const measured = []
  for (const name of workloadNames) {
    const workload = workloadOf(name, options, options.seed)
    const ranked = (await countsOf(workload, options.requests, passed)).sort().reverse()
    const distinct = ranksAbove(ranked, 0)
    const top = ranked.subarray(0, Math.max(1, Math.round(workload.keyCount / 5)))
    measured.push({
      name,
      idea: workloads[name].idea,
      distinct,
      oneHit: (distinct - ranksAbove(ranked, 1)) / distinct,
      topFifth: top.reduce((sum, count) => sum + count, 0) / options.requests,
      points: spacedRanks(distinct).map((rank) => [rank, ranked[rank - 1]] as const),
      first: [...ranked.subarray(0, Math.min(distinct, RANKS[RANKS.length - 1]))],
    })
  }
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
        series: measured.map(({ name, points }) => ({ name, points })),
      },
    ],
    findings: {
      zipf: zipfAtRanks(measured.find(({ name }) => name === 'zipf')!.first, options.exponent),
      shape:
        'On logarithmic axes Zipf’s law is a straight falling line; a flat line means that all keys are equally popular. The gain from a cache depends on popularity and on the order of requests: loop and uniform have the same popularity and need different policies.',
    },
  })
}

function zipfAtRanks(ranked: readonly number[], exponent: number): string | false {
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

/** How many counts, in descending order, are greater than a number. */
function ranksAbove(ranked: Uint32Array, count: number): number {
  let low = 0
  for (let high = ranked.length; low < high; ) {
    const middle = (low + high) >>> 1
    if (ranked[middle] > count) low = middle + 1
    else high = middle
  }
  return low
}

/** How often each key is requested. Keeps no requests. */
async function countsOf(
  workload: Workload,
  requests: number,
  passed: (requests: number) => void,
): Promise<Uint32Array> {
  const counts = new Uint32Array(workload.keyCount)
  const drawn = new Uint32Array(Math.min(BATCH, requests))
  for (let left = requests; left > 0; ) {
    const batch = drawn.subarray(0, left)
    workload.next(batch)
    for (let i = 0; i < batch.length; i++) counts[batch[i]]++
    left -= batch.length
    passed(batch.length)
    await breathe()
  }
  return counts
}
