import { distributedEviction } from '../../experiment/eviction/distributed.js'
import { InputError } from '../../input-error.js'
import { placementNames } from '../../placement/index.js'
import type { Address } from '../../remote/address.js'
import { choice } from '../options/arguments.js'
import { checkRealKeys, checkSlots, connectOption, realNodes, showReal } from '../options/connect.js'
import { type Context, command, type FlagsOf, option } from '../options/declare.js'
import {
  capacityOption,
  exponentOf,
  policiesOptions,
  requestsOptions,
  workloadOption,
} from '../options/eviction.js'
import { formatOption, nodesOption } from '../options/ring.js'
import { sourceOf, traceOptions } from '../options/trace.js'
import { show } from '../output/show.js'

const DEFAULT_REQUESTS = 100_000
const MAX_NODES = 1000

const options = {
  nodes: nodesOption(),
  ...policiesOptions('lru,lfu,random'),
  workload: workloadOption,
  capacity: capacityOption(),
  ...requestsOptions(DEFAULT_REQUESTS),
  ...traceOptions('workload', 'connect'),
  connect: connectOption,
  format: formatOption,
  placement: option('<name>', 'placement algorithm', choice(placementNames, 'placement'), 'ring'),
}

type Flags = FlagsOf<typeof options>

export const { configure, examples, accepts } = command({
  description:
    'Compares one cache with the same memory on several nodes, and shows what happens when a node joins.',
  options,
  examples: [
    ['cachelab evict distributed', 'one cache of 100 against three of 34, and a fourth joins'],
    ['cachelab evict distributed --placement modulo', 'the same with hash mod N: most keys change nodes'],
    [
      'cachelab evict distributed --nodes 10 --capacity 1000 --keys 10000 --policies lru,s3-fifo',
      'ten nodes',
    ],
  ],
  async run(flags, _, { isGiven }) {
    if (flags.connect) return runReal(flags, flags.connect, isGiven)
    if (flags.nodes.length > MAX_NODES)
      throw new InputError(`--nodes must be at most ${MAX_NODES} here, got ${flags.nodes.length}`)
    if (flags.policies.includes('opt')) {
      throw new InputError('--policies: opt works on a single cache only; leave it out')
    }
    const source = await sourceOf(flags)
    await show(flags.format, 'simulating', (progress) => distributedEviction({ ...flags, source }, progress))
  },
})

/** Real servers instead of simulated caches, with the policy and the capacity that each was started with. */
async function runReal(
  flags: Flags,
  addresses: readonly Address[],
  isGiven: Context['isGiven'],
): Promise<void> {
  for (const name of ['policies', 'capacity'])
    if (isGiven(name))
      throw new InputError(`--${name} is set on the servers themselves; leave it out with --connect`)
  checkRealKeys(flags.keys)
  const exponent = exponentOf(flags)
  const { remoteEviction } = await import('../../remote/experiment/evict.js')
  await showReal(addresses, flags.format, 'asking servers', async (real, progress) => {
    const { session, cluster, servers, timeout } = real
    if (!cluster && servers.length < 2)
      throw new InputError('--connect must name at least 2 servers here, got 1: the last one joins half-way')
    const nodes = realNodes(isGiven, flags.nodes, real)
    if (cluster) checkSlots(isGiven, flags.placement)
    const limits = session.servers.map(({ limit }) => limit)
    return remoteEviction({ ...flags, servers, timeout, exponent, nodes, limits, cluster }, session, progress)
  })
}
