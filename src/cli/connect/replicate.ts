import type { Command } from 'commander'
import { InputError } from '../../input-error.js'
import type { Address } from '../../remote/address.js'
import { remoteReplication } from '../../remote/experiment/replicate.js'
import { realClock } from '../../remote/session.js'
import { type PhasesFlags, phasesOptions } from '../options/replication.js'
import { show } from '../output/show.js'
import { realNodes, TIMEOUT_MS, withServers } from './nodes.js'

/** `cachelab replicate` with real servers. */
export async function runRealReplication(
  flags: PhasesFlags,
  addresses: readonly Address[],
  command: Command,
): Promise<void> {
  const nodes = realNodes(command, flags.nodes, addresses.length, flags.keys)
  const options = phasesOptions({ ...flags, nodes })
  if (options.capacity !== undefined)
    throw new InputError('--capacity is set on the servers themselves; leave it out with --connect')
  const servers = addresses.map(({ text }) => text)
  const timeout = command.getOptionValueSource('timeout') === 'cli' ? options.timeout : TIMEOUT_MS
  await withServers(addresses, (session) =>
    show(flags.format, 'writing and reading keys', (progress) =>
      remoteReplication({ ...options, timeout }, servers, session, realClock, progress),
    ),
  )
}
