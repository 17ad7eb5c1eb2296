import { policyNames } from '../../eviction/index.js'
import { InputError } from '../../input-error.js'
import { exponentForSkew, topShare, workloadNames } from '../../workload/index.js'
import { choice, choices, decimal, type Skew, skew, wholeNumber } from './arguments.js'
import { type FlagsOf, option } from './declare.js'
import { seedOption } from './ring.js'

/** Options that the commands of the eviction lab share. */

const MAX_REQUESTS = 1_000_000_000
const MAX_KEYS = 100_000_000
const MAX_EXPONENT = 8
const DEFAULT_SKEW: Skew = { requestShare: 0.8, keyShare: 0.2 }

export const policiesOption = (initial: string) =>
  option('<names>', 'policies between commas, or all', choices(policyNames), initial)

export const workloadsOption = (initial: string) =>
  option('<names>', 'workloads between commas, or all', choices(workloadNames), initial)

export const capacityOption = (initial = 100, max = MAX_KEYS) =>
  option('<count>', 'keys that the cache holds', wholeNumber(1, max), initial)

export const workloadOption = option('<name>', 'which workload', choice(workloadNames), 'zipf')

export const clockRateOption = (initial: number) =>
  option('<number>', 'requests a second, for policies that use a clock', decimal(0.001, 1e9), initial)

/** How many requests to how many keys. */
export const streamOptions = (requests = 10_000) => ({
  keys: option('<count>', 'different keys', wholeNumber(1, MAX_KEYS), 1000),
  requests: option('<count>', 'requests that are counted', wholeNumber(1, MAX_REQUESTS), requests),
  warmup: option('<count>', 'requests before those that are counted', wholeNumber(0, MAX_REQUESTS), 0),
  seed: seedOption('seed of the first run'),
  rate: clockRateOption(1000),
})

/** The same, and how skewed Zipf is. */
export const requestsOptions = (requests?: number) => ({
  ...streamOptions(requests),
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
