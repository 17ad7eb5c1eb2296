import { calcify, MAX_KEYS, phasesOf } from '../../experiment/memcached/calcify.js'
import { InputError } from '../../input-error.js'
import { decimal, duration, list, wholeNumber } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { memoryOptions, seedOfRun } from '../options/memcached.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

const MAX_SIZE = 500_000
const MAX_REQUESTS = 100_000_000

export const { configure, examples, accepts } = command({
  description:
    'Changes the size of values over time, and shows which slab classes hold the memory: with the page mover, without it, and after a restart.',
  options: {
    ...memoryOptions(1024),
    seed: seedOfRun,
    format: formatOption,
    sizes: option('<list>', 'bytes of a value in each phase, between commas', sizes, '100,10000'),
    phase: option('<time>', 'how long each size lasts', duration(1000, 3_600_000), '60s'),
    rate: option('<number>', 'requests a second', wholeNumber(1, 1_000_000), 10_000),
    exponent: option('<number>', 'Zipf’s exponent of the keys', decimal(0, 8), 0.9),
    pressure: option('<number>', 'keys of a phase ÷ keys that the memory can hold', decimal(0.01, 100), 1.5),
  },
  examples: [
    ['cachelab memcached calcify', 'values grow from 100 bytes to 10,000'],
    ['cachelab memcached calcify --sizes 100,1000,10000 --memory 16', 'three sizes in less memory'],
    ['cachelab memcached calcify --sizes 100,120', 'a small change of size'],
  ],
  async run(flags) {
    const requests = (flags.rate * flags.phase * flags.sizes.length) / 1000
    if (requests > MAX_REQUESTS)
      throw new InputError(
        `--rate × --phase must be at most ${MAX_REQUESTS} requests in all, got ${requests}`,
      )
    const keys = phasesOf(flags).reduce((sum, phase) => sum + phase.keys, 0)
    if (keys > MAX_KEYS)
      throw new InputError(
        `--memory × --pressure is too much for these sizes: at most ${MAX_KEYS} keys in all, got ${keys}`,
      )
    await show(flags.format, 'simulating', (progress) => calcify(flags, progress))
  },
})

/** Sizes in the order given, which is that of the phases. */
function sizes(text: string, flag: string): number[] {
  const all = list(wholeNumber(1, MAX_SIZE))(text, flag)
  if (all.length > 12) throw new InputError(`${flag} must be at most 12 sizes, got ${all.length}`)
  return all
}
