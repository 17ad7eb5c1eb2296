import { countOf, formatCount, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { fitZipf } from '../../stats/zipf-fit.js'
import { type Workload, type WorkloadName, workloads } from '../../workload/index.js'
import { type Check, checked, checksReport, remark, verdictOf } from './check.js'

export interface WorkloadTrial {
  /** A workload of ours that it should be. */
  readonly like?: WorkloadName | undefined
}

const REQUESTS = 5000
/** The numbers of keys that it is made for. */
const KEYS = [1, 50, 1000]
/** How many requests are asked for at once, again and again. */
const CUTS = [1, 7, 256]
/** No key: stands where a workload writes nothing. */
const UNWRITTEN = 0xffff_ffff

/** Runs every check on a workload. */
export function tryWorkload(name: WorkloadName, { like }: WorkloadTrial): Report {
  const runs = checked('range', 'each request is for a key below keyCount', rangeDetail, () => {
    for (const keys of KEYS) drawn(name, keys, 1)
    return null
  })
  const checks = [runs]
  if (runs.holds) {
    checks.push(
      compared('seed', 'one seed gives one stream', (keys) => [
        drawn(name, keys, 1),
        drawn(name, keys, 1),
        'another time',
      ]),
      ...CUTS.map((cut) =>
        compared(`cut-${cut}`, `${countOf(cut, 'request')} at a time are the same stream`, (keys) => [
          drawn(name, keys, 1),
          drawn(name, keys, 1, cut),
          `of next with ${countOf(cut, 'request')} at a time`,
        ]),
      ),
      seedUse(name),
      ...popularity(name),
      ...(like
        ? [
            compared('like', `the requests of ${like}`, (keys) => [
              drawn(name, keys, 1),
              drawn(like, keys, 1),
              `in ${like}`,
            ]),
          ]
        : []),
    )
  }
  return checksReport(name, 'workload', checks, { like: like ?? null })
}

const rangeDetail = `${formatCount(REQUESTS)} requests of ${KEYS.map((keys) => formatCount(keys)).join(', ')} keys`

const made = (name: WorkloadName, keys: number, seed: number): Workload =>
  workloads[name].create({ keys, requests: REQUESTS, exponent: 1, seed })

/** Its requests, `cut` of them at a time. */
function drawn(name: WorkloadName, keys: number, seed: number, cut = REQUESTS): Uint32Array {
  const workload = made(name, keys, seed)
  const requests = new Uint32Array(REQUESTS).fill(UNWRITTEN)
  for (let from = 0; from < REQUESTS; from += cut) workload.next(requests.subarray(from, from + cut))
  return requests
}

type Streams = (keys: number) => [a: Uint32Array, b: Uint32Array, how: string]

/** Whether two streams are the same for each number of keys; the first difference is in the fewest requests that show it. */
function compared(id: string, check: string, streams: Streams): Check {
  return checked(id, check, rangeDetail, () => {
    for (const keys of KEYS) {
      const [a, b, how] = streams(keys)
      const at = a.findIndex((key, i) => key !== b[i])
      if (at >= 0)
        return `${countOf(keys, 'key')}, seed 1: request ${at + 1} is for key ${a[at]}, and ${how} for key ${b[at]}.`
    }
    return null
  })
}

function seedUse(name: WorkloadName): Check {
  const keys = KEYS[1]
  const [one, two] = [drawn(name, keys, 1), drawn(name, keys, 2)]
  const differs = one.some((key, i) => key !== two[i])
  const check = 'another seed gives another stream'
  return differs
    ? verdictOf('other-seed', check, null, 'seeds 1 and 2')
    : remark('other-seed', check, 'the seed changes nothing: every run is the same')
}

/** How often its keys are requested. */
function popularity(name: WorkloadName): Check[] {
  const keys = KEYS[2]
  const counts = new Uint32Array(made(name, keys, 1).keyCount)
  for (const key of drawn(name, keys, 1)) counts[key]++
  const ranked = counts
    .filter((count) => count > 0)
    .sort()
    .reverse()
  const share = (top: number) => formatRatio(ranked.subarray(0, top).reduce((a, b) => a + b, 0) / REQUESTS)
  const fifth = Math.max(1, Math.round(counts.length / 5))
  const fit = fitZipf(ranked)
  const law =
    fit.exponent !== null
      ? `s = ${fit.exponent.toFixed(2)} (95%: ${fit.low.toFixed(2)} to ${fit.high.toFixed(2)})`
      : fit.why === 'not Zipf'
        ? 'the popularity is not Zipf’s'
        : 'too few requests to say'
  return [
    remark(
      'keys',
      'different keys',
      `${formatCount(ranked.length)} of ${formatCount(counts.length)} in ${formatCount(REQUESTS)} requests`,
    ),
    remark(
      'top',
      'share of the most popular keys',
      `the first gets ${share(1)}, the top ten ${share(10)}, the top fifth ${share(fifth)}`,
    ),
    remark('zipf', 'Zipf exponent', law),
  ]
}
