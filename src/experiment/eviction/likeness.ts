import { type PolicyName, type PolicyOptions, policies } from '../../eviction/index.js'
import type { FindingDraft, Findings } from '../../report/build.js'
import { countOf, formatCount } from '../../report/format.js'
import type { WorkloadName } from '../../workload/index.js'
import { drawAll, type RequestsSetup, workloadOf } from './requests.js'

interface Compared extends RequestsSetup {
  readonly policies: readonly PolicyName[]
  readonly workloads: readonly WorkloadName[]
  readonly capacities: readonly number[]
  readonly seed: number
  readonly rate: number
}

/** Where two policies first differ: the request, from 0, and what the first of them says of it. */
export interface Difference {
  readonly at: number
  readonly key: number
  readonly isHit: boolean
}

/** The first request on which two policies differ; null where they don't. O(requests). */
export function firstDifference(a: PolicyName, b: PolicyName, options: PolicyOptions): Difference | null {
  const [one, other] = [policies[a].create(options), policies[b].create(options)]
  const { requests, sizes } = options
  for (let at = 0; at < requests.length; at++) {
    const key = requests[at]
    const isHit = one.access(key, sizes?.[key])
    if (isHit !== other.access(key, sizes?.[key])) return { at, key, isHit }
  }
  return null
}

/** `first at request 37 (key 12): a hit, where lru misses`. */
export function differenceText({ at, key, isHit }: Difference, like: string): string {
  const [own, ours] = isHit ? ['a hit', 'misses'] : ['a miss', 'hits']
  return `first at request ${formatCount(at + 1)} (key ${key}): ${own}, where ${like} ${ours}`
}

/** Whether policies of files that are meant to be one of ours are so, in every row of the first run. */
export function likenessFindings(options: Compared): Findings {
  const meant = options.policies.flatMap((policy) => {
    const { like } = policies[policy]
    return like ? [{ policy, like }] : []
  })
  return Object.fromEntries(
    meant.map(({ policy, like }) => [`like-${policy}`, likenessFinding(policy, like, options)]),
  )
}

function likenessFinding(policy: PolicyName, like: PolicyName, options: Compared): FindingDraft {
  const { seed, rate, warmup, requests: count } = options
  const places = options.workloads.flatMap((name) => {
    const workload = workloadOf(name, options, seed)
    const settings = { seed, rate, keyCount: workload.keyCount, requests: drawAll(workload, warmup + count) }
    return options.capacities.map((capacity) => ({
      row: `${name} at capacity ${formatCount(capacity)}`,
      difference: firstDifference(policy, like, { ...settings, capacity }),
    }))
  })
  const rows = countOf(places.length, 'row')
  const different = places.flatMap(({ row, difference }) =>
    difference ? [`${row}, ${differenceText(difference, like)}`] : [],
  )
  return {
    text:
      different.length === 0
        ? `${policy} hits and misses where ${like} does, request by request, in ${places.length === 1 ? 'the row' : `all ${rows}`} of the first run.`
        : `${policy} differs from ${like} in ${different.length} of ${rows}: ${different.join('; ')}.`,
    ok: different.length === 0,
  }
}
