import type { Command } from 'commander'
import { remoteReplication } from '../experiment/remote/replicate.js'
import { InputError } from '../input-error.js'
import type { Address } from '../remote/address.js'
import { realClock } from '../remote/session.js'
import { type Flags, phasesOptions } from './commands/replicate.js'
import { realNodes, TIMEOUT, withServers } from './real-nodes.js'
import { show } from './show.js'

/** `cachelab replicate` with real servers. */
export async function runRealReplication(
  flags: Flags,
  addresses: readonly Address[],
  command: Command,
): Promise<void> {
  const nodes = realNodes(command, flags.nodes, addresses.length, flags.keys)
  const options = phasesOptions({ ...flags, nodes })
  if (options.capacity !== undefined)
    throw new InputError('--capacity is set on the servers themselves; leave it out with --connect')
  const servers = addresses.map(({ text }) => text)
  const timeout = command.getOptionValueSource('timeout') === 'cli' ? options.timeout : TIMEOUT
  await withServers(addresses, (session) =>
    show(flags.format, 'writing and reading keys', (progress) =>
      remoteReplication({ ...options, timeout }, servers, session, realClock, progress),
    ),
  )
}
