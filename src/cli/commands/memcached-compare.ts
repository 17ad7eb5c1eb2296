import { type Command, Option } from 'commander'
import { compareServers } from '../../experiment/memcached/compare.js'
import type { FormatName } from '../../report/index.js'
import { decimal, duration, wholeNumber, wholeNumbers } from '../options/arguments.js'
import { seedOfRun } from '../options/memcached.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

interface Flags {
  workers: number[]
  parallel: number
  locked: number
  classes: number
  rate: number
  crash: number
  keySize: number
  seed: number
  format: FormatName
}

export const examples = [
  ['cachelab memcached compare', 'tables 4.2 and 4.3 of the lesson, with what is behind them'],
  ['cachelab memcached compare --workers 2,4,8,16,32 --classes 1', 'when all items are of one class'],
  ['cachelab memcached compare --rate 10000 --crash 59s', 'a crash just before the first snapshot'],
] as const

export function configure(command: Command): Command {
  return formatOption(seedOfRun(command))
    .description('Compares Redis and Memcached, each cell with the run or the source behind it.')
    .addOption(
      new Option('--workers <list>', 'threads of Memcached, between commas')
        .default([2, 4, 8], '2,4,8')
        .argParser(wholeNumbers('--workers', 1, 256)),
    )
    .addOption(
      new Option('--classes <count>', 'slab classes in use, each with its lock')
        .default(4)
        .argParser(wholeNumber('--classes', 1, 63)),
    )
    .addOption(
      new Option('--parallel <µs>', 'microseconds of a request that cores share')
        .default(8)
        .argParser(decimal('--parallel', 0.01, 1e6)),
    )
    .addOption(
      new Option('--locked <µs>', 'microseconds of it under the lock of a class')
        .default(2)
        .argParser(decimal('--locked', 0.01, 1e6)),
    )
    .addOption(
      new Option('--rate <number>', 'writes a second before the crash')
        .default(1000)
        .argParser(wholeNumber('--rate', 1, 1_000_000)),
    )
    .addOption(
      new Option('--crash <time>', 'when the server dies')
        .default(100_500, '100.5s')
        .argParser(duration('--crash', 1, 3_600_000)),
    )
    .addOption(
      new Option('--key-size <bytes>', 'bytes of a key')
        .default(20)
        .argParser(wholeNumber('--key-size', 1, 250)),
    )
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  await show(flags.format, 'comparing', () => compareServers({ ...flags, keyBytes: flags.keySize }))
}
