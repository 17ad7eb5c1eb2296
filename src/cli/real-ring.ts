import type { Command } from 'commander'
import { remoteRing } from '../experiment/remote/ring.js'
import { InputError } from '../input-error.js'
import type { Address } from '../remote/address.js'
import { realClock } from '../remote/session.js'
import type { Flags } from './commands/ring.js'
import { keysFrom } from './keys.js'
import { checkPoints } from './options.js'
import { realNodes, TIMEOUT, withServers } from './real-nodes.js'
import { noteBlankLines, show } from './show.js'

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
