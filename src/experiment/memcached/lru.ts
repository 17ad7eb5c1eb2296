import type { PolicyName } from '../../eviction/index.js'
import { type Progress, summed } from '../../keys/index.js'
import { reportOf } from '../../report/build.js'
import { formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { type WorkloadName, workloads } from '../../workload/index.js'
import { hitRatioFigures } from '../eviction/hit-ratio-figure.js'
import { drawAll, type RequestsSetup, workloadOf } from '../eviction/requests.js'
import { countHitsInTurns } from '../eviction/simulate.js'

export interface MemcachedLruOptions extends RequestsSetup {
  readonly workloads: readonly WorkloadName[]
  /** Items that the class holds. */
  readonly capacity: number
  readonly seed: number
}

/** The columns of the table and their policies. */
const compared = [
  { key: 'segmented', label: 'HOT/WARM/COLD', policy: 'memcached-lru' },
  { key: 'lru', label: 'one LRU', policy: 'lru' },
  { key: 'bump', label: 'without maintainer', policy: 'fifo' },
  { key: 'opt', label: 'opt', policy: 'opt' },
] as const satisfies readonly { key: string; label: string; policy: PolicyName }[]

/** The LRU of a slab class beside a plain one, on every workload. O(workloads × requests). */
export async function memcachedLru(options: MemcachedLruOptions, progress?: Progress): Promise<Report> {
  const { capacity, seed, requests, warmup } = options
  const rows = await measure(options, progress)
  const names = (better: (row: (typeof rows)[number]) => boolean) =>
    options.workloads.filter((_, i) => better(rows[i]))
  const gains = names((row) => row.segmented > row.lru + 0.002)
  const losses = names((row) => row.segmented < row.lru - 0.002)
  const said = (list: readonly WorkloadName[]) =>
    list
      .map((name) => {
        const { segmented, lru } = rows[options.workloads.indexOf(name)]
        return `${name} (${formatRatio(segmented, 1)} against ${formatRatio(lru, 1)})`
      })
      .join(', ')
  return reportOf('memcached lru', {
    title: 'The LRU of a slab class: HOT, WARM and COLD',
    parameters: {
      items: capacity,
      keys: options.keys,
      requests,
      warmup: warmup > 0 ? warmup : null,
      exponent: Number(options.exponent.toFixed(4)),
      seed,
    },
    tables: {
      lru: {
        title: 'Hit ratios on the same requests',
        columns: {
          workload: 'workload',
          ...Object.fromEntries(compared.map(({ key, label }) => [key, [label, 'ratio']] as const)),
          idea: ['description', 'detail'],
        },
        rows: options.workloads.map((workload, i) => ({
          workload,
          ...rows[i],
          idea: workloads[workload].idea,
        })),
      },
    },
    figures: hitRatioFigures(
      options.workloads.flatMap((group, i) =>
        compared.map(({ key, label }) => ({ policy: label, group, hitRatio: rows[i][key] })),
      ),
    ),
    findings: {
      gains:
        gains.length > 0
          ? `The three lists hit more often than one LRU on ${said(gains)}: a key requested once passes only through HOT and COLD; a second request moves it to WARM.`
          : 'On none of these workloads do the three lists hit more often than one LRU.',
      losses:
        losses.length > 0
          ? `They hit less often on ${said(losses)}: WARM keeps keys that are no longer popular.`
          : 'On none do they hit noticeably less often.',
      maintainer:
        'Without its maintainer thread (-o no_lru_maintainer) memcached moves a key to the front at most once a minute. A cache that turns over within a minute is then a FIFO: the column “without maintainer”.',
    },
  })
}

async function measure(options: MemcachedLruOptions, progress?: Progress) {
  const { capacity, seed, requests, warmup } = options
  const rows: Record<'segmented' | 'lru' | 'bump' | 'opt', number>[] = []
  const passed = summed(progress, options.workloads.length * compared.length * (warmup + requests))
  let all: Uint32Array | undefined
  for (const name of options.workloads) {
    const workload = workloadOf(name, options, seed)
    all = drawAll(workload, warmup + requests, all)
    const settings = { capacity, keyCount: workload.keyCount, seed, rate: 1000, requests: all }
    const row = { segmented: 0, lru: 0, bump: 0, opt: 0 }
    for (const { key, policy } of compared) {
      row[key] = (await countHitsInTurns(policy, settings, warmup, passed)) / requests
    }
    rows.push(row)
  }
  return rows
}
