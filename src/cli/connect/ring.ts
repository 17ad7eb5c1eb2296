import type { Command } from 'commander'
import { InputError } from '../../input-error.js'
import type { Address } from '../../remote/address.js'
import { remoteRing } from '../../remote/experiment/ring.js'
import { realClock } from '../../remote/session.js'
import { keysFrom } from '../options/keys.js'
import { checkPoints, type DistributionFlags } from '../options/ring.js'
import { noteBlankLines, show } from '../output/show.js'
import { realNodes, TIMEOUT_MS, withServers } from './nodes.js'

/** `cachelab ring` with real servers. */
export async function runRealRing(
  flags: DistributionFlags,
  addresses: readonly Address[],
  command: Command,
): Promise<void> {
  if (flags.workload)
    throw new InputError('--workload counts load in the simulation; leave it out with --connect')
  const keys = keysFrom(flags)
  const nodes = realNodes(command, flags.nodes, addresses.length, keys.count)
  checkPoints({ ...flags, nodes })
  const servers = addresses.map(({ text }) => text)
  await withServers(addresses, (session) =>
    show(flags.format, 'writing and counting keys', (progress) =>
      remoteRing(
        { ...flags, nodes, seed: flags.seed, keys, servers, timeout: TIMEOUT_MS },
        session,
        realClock,
        progress,
      ),
    ),
  )
  noteBlankLines(keys)
}
