import type { Command } from 'commander'
import type { Flags } from '../../cli/commands/ring.js'
import { keysFrom } from '../../cli/options/keys.js'
import { checkPoints } from '../../cli/options/ring.js'
import { noteBlankLines, show } from '../../cli/output/show.js'
import { InputError } from '../../input-error.js'
import type { Address } from '../address.js'
import { remoteRing } from '../experiment/ring.js'
import { realClock } from '../session.js'
import { realNodes, TIMEOUT, withServers } from './nodes.js'

/** `cachelab ring` with real servers. */
export async function runRealRing(
  flags: Flags,
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
        { ...flags, nodes, seed: flags.seed, keys, servers, timeout: TIMEOUT },
        session,
        realClock,
        progress,
      ),
    ),
  )
  noteBlankLines(keys)
}
