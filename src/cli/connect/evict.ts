import type { Command } from 'commander'
import { InputError } from '../../input-error.js'
import type { Address } from '../../remote/address.js'
import { remoteEviction } from '../../remote/experiment/evict.js'
import { realClock } from '../../remote/session.js'
import { type DistributedFlags, exponentOf } from '../options/eviction.js'
import { show } from '../output/show.js'
import { realNodes, TIMEOUT_MS, withServers } from './nodes.js'

/** `cachelab evict distributed` with real servers. */
export async function runRealEviction(
  flags: DistributedFlags,
  addresses: readonly Address[],
  command: Command,
): Promise<void> {
  for (const name of ['policies', 'capacity'])
    if (command.getOptionValueSource(name) === 'cli')
      throw new InputError(`--${name} is set on the servers themselves; leave it out with --connect`)
  if (addresses.length < 2)
    throw new InputError('--connect must name at least 2 servers here, as the last one joins half-way, got 1')
  const nodes = realNodes(command, flags.nodes, addresses.length, flags.keys)
  const servers = addresses.map(({ text }) => text)
  const exponent = exponentOf(flags)
  await withServers(addresses, (session) => {
    const limits = session.servers.map(({ limit }) => limit)
    return show(flags.format, 'asking servers', (progress) =>
      remoteEviction(
        { ...flags, exponent, nodes, servers, limits, timeout: TIMEOUT_MS },
        session,
        realClock,
        progress,
      ),
    )
  })
}
