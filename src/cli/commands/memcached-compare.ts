import { compareServers } from '../../experiment/memcached/compare.js'
import { decimal, duration, wholeNumber, wholeNumbers } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { keySizeOption, seedOfRun } from '../options/memcached.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

export const { configure, examples, accepts } = command({
  description: 'Compares Redis and Memcached cell by cell, each with a run or a source as evidence.',
  options: {
    seed: seedOfRun,
    format: formatOption,
    workers: option('<list>', 'threads of Memcached, between commas', wholeNumbers(1, 256), '2,4,8'),
    classes: option('<count>', 'slab classes in use, each with its lock', wholeNumber(1, 63), 4),
    parallel: option('<µs>', 'microseconds of a request that run in parallel', decimal(0.01, 1e6), 8),
    locked: option('<µs>', 'microseconds of a request under the lock of its class', decimal(0.01, 1e6), 2),
    rate: option('<number>', 'writes a second before the crash', wholeNumber(1, 1_000_000), 1000),
    crash: option('<time>', 'when the server dies', duration(1, 3_600_000), '100.5s'),
    keySize: keySizeOption(20),
  },
  examples: [
    ['cachelab memcached compare', 'tables 4.2 and 4.3 of the lesson, with the evidence'],
    ['cachelab memcached compare --workers 2,4,8,16,32 --classes 1', 'when all items are of one class'],
    ['cachelab memcached compare --rate 10000 --crash 59s', 'a crash just before the first snapshot'],
  ],
  async run(flags) {
    await show(flags.format, 'comparing', () => compareServers({ ...flags, keyBytes: flags.keySize }))
  },
})
