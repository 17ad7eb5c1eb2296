import type { Command } from 'commander'
import { memcachedLru } from '../../experiment/memcached/lru.js'
import type { FormatName } from '../../report/index.js'
import type { WorkloadName } from '../../workload/index.js'
import {
  capacityOption,
  exponentOf,
  type RequestsFlags,
  requestsOptions,
  workloadsOption,
} from '../options/eviction.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

interface Flags extends RequestsFlags {
  workloads: WorkloadName[]
  capacity: number
  format: FormatName
}

const DEFAULT_REQUESTS = 100_000

export const examples = [
  ['cachelab memcached lru', 'every workload of the eviction lab'],
  ['cachelab memcached lru --workloads zipf,mixed --capacity 200', 'with room for a fifth of the keys'],
  ['cachelab memcached lru --workloads hotspot --keys 10000', 'when what is hot moves on'],
] as const

export function configure(command: Command): Command {
  return formatOption(requestsOptions(capacityOption(workloadsOption(command, 'all')), DEFAULT_REQUESTS))
    .description(
      'Compares the LRU that each slab class has, in three lists, with a plain one on the same requests.',
    )
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  const exponent = exponentOf(flags)
  await show(flags.format, 'simulating', (progress) => memcachedLru({ ...flags, exponent }, progress))
}
