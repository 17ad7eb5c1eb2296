import type { Command } from 'commander'
import { type Flags, phasesOptions } from '../../cli/commands/replicate.js'
import { show } from '../../cli/output/show.js'
import { InputError } from '../../input-error.js'
import type { Address } from '../address.js'
import { remoteReplication } from '../experiment/replicate.js'
import { realClock } from '../session.js'
import { realNodes, TIMEOUT, withServers } from './nodes.js'

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
