import { ringDistribution } from '../../experiment/ring/distribution.js'
import { InputError } from '../../input-error.js'
import type { Address } from '../../remote/address.js'
import { loadWorkloads } from '../../workload/eighty-twenty.js'
import { choice, wholeNumber } from '../options/arguments.js'
import { checkRealKeys, checkSlots, connectOption, realNodes, showReal } from '../options/connect.js'
import { type Context, command, type FlagsOf, option } from '../options/declare.js'
import { keysFrom } from '../options/keys.js'
import { checkPoints, keysOptions, placementOptions, ringOptions, unusedOptions } from '../options/ring.js'
import { noteBlankLines, show } from '../output/show.js'
import { note } from '../output/terminal.js'

const DEFAULT_REQUESTS = 100_000

const options = {
  ...ringOptions(),
  ...keysOptions,
  ...placementOptions,
  connect: connectOption,
  workload: option('<name>', 'send requests to the keys and count load too', choice(loadWorkloads)).first(),
  requests: option(
    '<count>',
    `how many requests (default: ${DEFAULT_REQUESTS} with --workload)`,
    wholeNumber(1, 1e9),
  ),
}

type Flags = FlagsOf<typeof options>

export const { configure, examples, accepts } = command({
  description: 'Shows how keys spread over nodes, beside what theory expects.',
  usage: '[options]  or  cachelab ring <command> [options]',
  options,
  examples: [
    ['cachelab ring --vnodes 150', 'the lesson’s demo: 10,000 keys on three nodes'],
    ['cachelab ring --nodes cache1,cache2 --vnodes 1', 'two nodes without virtual nodes: uneven'],
    ['cachelab ring --workload zipf --requests 100000', 'load beside keys, under the 80/20 rule'],
  ],
  async run(flags, _, { isGiven }) {
    if (flags.connect) return runReal(flags, flags.connect, isGiven)
    checkPoints(flags)
    if (flags.requests !== undefined && !flags.workload)
      throw new InputError('--requests needs --workload zipf or uniform')
    const keys = keysFrom(flags)
    const requests = flags.workload && { workload: flags.workload, count: flags.requests ?? DEFAULT_REQUESTS }
    await show(flags.format, 'placing keys', (progress) =>
      ringDistribution({ ...flags, keys, requests }, progress),
    )
    noteBlankLines(keys)
    const unused = unusedOptions(isGiven, flags.placement)
    // Requests are drawn with the seed, whatever places the keys.
    for (const text of unused) if (!(flags.workload && text.endsWith('--seed'))) note(text)
  },
})

async function runReal(
  flags: Flags,
  addresses: readonly Address[],
  isGiven: Context['isGiven'],
): Promise<void> {
  if (flags.workload)
    throw new InputError('--workload counts load in the simulation; leave it out with --connect')
  const keys = keysFrom(flags)
  checkRealKeys(keys.count)
  await showReal(addresses, flags.format, 'writing and counting keys', async (real, progress) => {
    const { session, cluster, servers, timeout } = real
    const nodes = realNodes(isGiven, flags.nodes, real)
    if (cluster) {
      checkSlots(isGiven, flags.placement)
      const { clusterRing } = await import('../../remote/experiment/cluster-ring.js')
      return clusterRing({ servers, timeout, nodes, keys }, cluster, progress)
    }
    checkPoints({ ...flags, nodes })
    const { remoteRing } = await import('../../remote/experiment/ring.js')
    return remoteRing({ ...flags, servers, timeout, nodes, keys }, session, progress)
  })
  noteBlankLines(keys)
}
