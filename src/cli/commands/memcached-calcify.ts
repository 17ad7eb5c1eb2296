import { type Command, Option } from 'commander'
import { calcify, MAX_KEYS, phasesOf } from '../../experiment/memcached/calcify.js'
import { InputError } from '../../input-error.js'
import type { FormatName } from '../../report/index.js'
import { decimal, duration, wholeNumber } from '../options/arguments.js'
import { type MemoryFlags, memoryOptions, seedOfRun } from '../options/memcached.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

interface Flags extends MemoryFlags {
  sizes: number[]
  phase: number
  rate: number
  exponent: number
  pressure: number
  seed: number
  format: FormatName
}

const MAX_SIZE = 500_000
const MAX_REQUESTS = 100_000_000

export const examples = [
  ['cachelab memcached calcify', 'values grow from 100 bytes to 10,000'],
  ['cachelab memcached calcify --sizes 100,1000,10000 --memory 16', 'three sizes in less memory'],
  ['cachelab memcached calcify --sizes 100,120', 'a small change: does it matter?'],
] as const

export function configure(command: Command): Command {
  return formatOption(seedOfRun(memoryOptions(command, 1024)))
    .description(
      'Lets the size of values shift, and shows which classes hold the memory: with the page mover, without it, and begun anew.',
    )
    .addOption(
      new Option('--sizes <list>', 'bytes of the values, a phase each, between commas')
        .default([100, 10_000], '100,10000')
        .argParser(sizes),
    )
    .addOption(
      new Option('--phase <time>', 'how long each size lasts')
        .default(60_000, '60s')
        .argParser(duration('--phase', 1000, 3_600_000)),
    )
    .addOption(
      new Option('--rate <number>', 'requests a second')
        .default(10_000)
        .argParser(wholeNumber('--rate', 1, 1_000_000)),
    )
    .addOption(
      new Option('--exponent <number>', 'Zipf’s exponent of the keys')
        .default(0.9)
        .argParser(decimal('--exponent', 0, 8)),
    )
    .addOption(
      new Option('--pressure <number>', 'keys of a phase ÷ those that all memory would hold')
        .default(1.5)
        .argParser(decimal('--pressure', 0.01, 100)),
    )
    .action(run)
}

/** Sizes in the order given: they are a history. */
function sizes(text: string): number[] {
  const size = wholeNumber('each of --sizes', 1, MAX_SIZE)
  const list = text.split(',').map(size)
  if (list.length > 12) throw new InputError(`--sizes must be at most 12 sizes, got ${list.length}`)
  return list
}

async function run(flags: Flags): Promise<void> {
  const requests = (flags.rate * flags.phase * flags.sizes.length) / 1000
  if (requests > MAX_REQUESTS)
    throw new InputError(`--rate × --phase must be at most ${MAX_REQUESTS} requests in all, got ${requests}`)
  const keys = phasesOf(flags).reduce((sum, phase) => sum + phase.keys, 0)
  if (keys > MAX_KEYS)
    throw new InputError(
      `--memory × --pressure is too much for these sizes: at most ${MAX_KEYS} keys in all, got ${keys}`,
    )
  await show(flags.format, 'simulating', (progress) => calcify(flags, progress))
}
