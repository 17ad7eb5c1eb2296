import { policyNames } from '../../eviction/index.js'
import { InputError } from '../../input-error.js'
import { exponentForSkew, MAX_DRAWN, topShare, workloadNames } from '../../workload/index.js'
import { anyValue, choice, choices, decimal, pairs, type Skew, skew, wholeNumber } from './arguments.js'
import { type FlagsOf, option } from './declare.js'
import { seedOption } from './ring.js'

/** Options that the commands of the eviction lab share. */

/** For commands that keep a sample of the requests only. */
export const MAX_SAMPLED_REQUESTS = 1_000_000_000
/** Zipf's table has 16 bytes a key, and policies have more. */
const MAX_KEYS = 10_000_000
const MAX_EXPONENT = 8
const DEFAULT_SKEW: Skew = { requestShare: 0.8, keyShare: 0.2 }

/** For policies of files. */
export const policyOption = option(
  '<name=value>',
  'an option for policies of files; may be given several times',
  pairs('an option of the policy and its value, such as window=0.05', anyValue),
).last()

export const policiesOptions = (initial: string) => ({
  policies: option(
    '<names>',
    'policies or files, between commas, or all',
    choices(policyNames, 'policy'),
    initial,
  ).first(),
  policyOption,
})

export const workloadsOption = (initial: string) =>
  option('<names>', 'workloads between commas, or all', choices(workloadNames, 'workload'), initial).first()

export const capacityOption = (initial = 100, max = MAX_KEYS) =>
  option('<count>', 'keys that the cache holds', wholeNumber(1, max), initial).first()

export const workloadOption = option(
  '<name>',
  'which workload',
  choice(workloadNames, 'workload'),
  'zipf',
).first()

export const clockRateOption = (initial: number) =>
  option('<number>', 'requests a second, for policies that use a clock', decimal(0.001, 1e9), initial).last()

/** How many requests to how many keys. */
export const streamOptions = (requests = 10_000, most = MAX_DRAWN) => ({
  keys: option('<count>', 'different keys', wholeNumber(1, MAX_KEYS), 1000),
  requests: option('<count>', 'requests that are counted', wholeNumber(1, most), requests),
  warmup: option('<count>', 'requests before those that are counted', wholeNumber(0, MAX_DRAWN), 0).last(),
  seed: seedOption('seed of the first run'),
  rate: clockRateOption(1000),
})

/** The same, and how skewed Zipf is. */
export const requestsOptions = (requests?: number, most?: number) => ({
  ...streamOptions(requests, most),
  skew: option(
    '<requests/keys>',
    'zipf: 80/20 gives 80% of the requests to 20% of the keys (default: 80/20)',
    skew,
  ).excludes('exponent'),
  exponent: option('<number>', 'zipf: the exponent', decimal(0, MAX_EXPONENT)),
})

export type RequestsFlags = FlagsOf<ReturnType<typeof requestsOptions>>

/**
 * Zipf's exponent: as given, else solved for the skew. Throws InputError for a skew that this number of keys can't
 * have.
 */
export function exponentOf({
  exponent,
  skew = DEFAULT_SKEW,
  keys,
}: Pick<RequestsFlags, 'exponent' | 'skew' | 'keys'>): number {
  if (exponent !== undefined) return exponent
  const { keyShare, requestShare } = skew
  const top = Math.max(1, Math.round(keys * keyShare))
  if (topShare(keys, top, 0) > requestShare || topShare(keys, top, MAX_EXPONENT) < requestShare) {
    throw new InputError(
      `--skew: ${top} of ${keys} keys can't get ${Number((requestShare * 100).toFixed(6))}% of the requests under Zipf's law; use more keys, or give --exponent`,
    )
  }
  return exponentForSkew(keys, keyShare, requestShare)
}
