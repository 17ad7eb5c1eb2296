import { type Command, Option } from 'commander'
import { distributedEviction } from '../../experiment/eviction/distributed.js'
import { InputError } from '../../input-error.js'
import { placementNames } from '../../placement/index.js'
import { choice } from '../options/arguments.js'
import { connectOption } from '../options/connect.js'
import {
  capacityOption,
  type DistributedFlags,
  exponentOf,
  policiesOption,
  requestsOptions,
  workloadOption,
} from '../options/eviction.js'
import { formatOption, nodesOption } from '../options/ring.js'
import { show } from '../output/show.js'

const DEFAULT_REQUESTS = 100_000
const MAX_NODES = 1000

export const examples = [
  ['cachelab evict distributed', 'one cache of 100 against three of 34, and a fourth joins'],
  ['cachelab evict distributed --placement modulo', 'the same with hash mod N: almost all is lost'],
  ['cachelab evict distributed --nodes 10 --capacity 1000 --keys 10000 --policies lru,s3-fifo', 'ten nodes'],
] as const

export function configure(command: Command): Command {
  const wide = workloadOption(policiesOption(nodesOption(command), 'lru,lfu,random'))
  return formatOption(connectOption(requestsOptions(capacityOption(wide), DEFAULT_REQUESTS)))
    .description(
      'Puts policies behind a placement: one cache against several nodes, and what a node that joins does.',
    )
    .addOption(
      new Option('--placement <name>', 'which algorithm decides the node')
        .choices(placementNames)
        .default('ring')
        .argParser(choice('--placement', placementNames)),
    )
    .action(run)
}

async function run(flags: DistributedFlags, command: Command): Promise<void> {
  if (flags.connect)
    return (await import('../connect/evict.js')).runRealEviction(flags, flags.connect, command)
  if (flags.nodes.length > MAX_NODES)
    throw new InputError(`--nodes must be at most ${MAX_NODES} here, got ${flags.nodes.length}`)
  if (flags.policies.includes('opt')) {
    throw new InputError(
      '--policies: opt knows the future of one cache, not of nodes that share the requests; leave it out',
    )
  }
  const exponent = exponentOf(flags)
  await show(flags.format, 'simulating', (progress) => distributedEviction({ ...flags, exponent }, progress))
}
