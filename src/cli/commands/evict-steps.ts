import { policyNames } from '../../eviction/index.js'
import { evictionSteps, firstRequests } from '../../experiment/eviction/steps.js'
import { InputError } from '../../input-error.js'
import { choice, decimal, wholeNumber } from '../options/arguments.js'
import { command, option, words } from '../options/declare.js'
import { policyOption } from '../options/eviction.js'
import { formatOption, seedOption } from '../options/ring.js'
import { traceOf, traceOptions } from '../options/trace.js'
import { show } from '../output/show.js'

const MAX_STEPS = 10_000
const DEFAULT_STEPS = 20

export const { configure, examples, accepts } = command({
  description:
    'Shows requests one by one: hit or miss, which key is evicted and why, and which keys are cached.',
  operand: words('[key...]', 'the requests, in their order'),
  options: {
    format: formatOption,
    policy: option('<name>', 'which policy', choice(policyNames, 'policy'), 'lru').first(),
    policyOption,
    ...traceOptions(),
    first: option('<count>', 'how many requests of the trace (default: 20)', wholeNumber(1, MAX_STEPS)),
    capacity: option('<count>', 'keys that the cache holds', wholeNumber(1, 1000), 3),
    seed: seedOption('seed of policies that choose at random'),
    rate: option('<number>', 'requests a second, for policies that use a clock', decimal(0.001, 1e9), 1),
  },
  examples: [
    [
      'cachelab evict steps --policy lru --capacity 3 A B C A D',
      'B is evicted: its last request is the longest ago',
    ],
    [
      'cachelab evict steps --policy sieve --capacity 3 A B C A D E B',
      'the hand skips A, which was requested again',
    ],
    ['cachelab evict steps --policy arc --capacity 2 A B A C B', 'ARC adapts to a hit in a ghost list'],
  ],
  async run(flags, keys) {
    const trace = await traceOf(flags)
    if (trace && keys.length > 0)
      throw new InputError(`--trace can't be used with requests, got "${keys[0]}"`)
    if (!trace && keys.length === 0)
      throw new InputError('the requests are missing: keys such as A B C A D, or --trace')
    if (!trace && flags.first !== undefined) throw new InputError('--first needs --trace')
    if (keys.includes('')) throw new InputError('a key must not be empty, got ""')
    if (keys.length > MAX_STEPS)
      throw new InputError(`at most ${MAX_STEPS} requests can be shown, got ${keys.length}`)
    await show(flags.format, 'stepping', async () => {
      const requests = trace ? await firstRequests(trace, flags.first ?? DEFAULT_STEPS) : keys
      return evictionSteps({ ...flags, trace, requests })
    })
  },
})
