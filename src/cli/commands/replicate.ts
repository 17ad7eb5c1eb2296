import { replication } from '../../experiment/replication/phases.js'
import type { PhasesOptions } from '../../experiment/replication/setup.js'
import { InputError } from '../../input-error.js'
import type { Address } from '../../remote/address.js'
import { each } from '../options/arguments.js'
import { checkRealKeys, connectOption, realNodes, showReal } from '../options/connect.js'
import { type Context, command, type FlagsOf, option } from '../options/declare.js'
import { nodeNumber } from '../options/load.js'
import {
  clusterOptions,
  memoryOptions,
  modeOptions,
  networkOptions,
  replicasOption,
  replicationSetup,
} from '../options/replication.js'
import { show } from '../output/show.js'

const options = {
  ...clusterOptions(),
  replicas: replicasOption(),
  ...modeOptions,
  ...networkOptions(),
  ...memoryOptions,
  connect: connectOption,
  kill: option(
    '<node>',
    'kill a node, then read again; may be given several times',
    each((name) => name),
    [],
    'none',
  ).first(),
}

type Flags = FlagsOf<typeof options>

export const { configure, examples, accepts } = command({
  description:
    'Copies every key to the next distinct nodes clockwise, kills nodes, and reads every key again.',
  usage: '[options]  or  cachelab replicate <command> [options]',
  options,
  examples: [
    ['cachelab replicate --kill node-B', 'the lesson’s exercise: a node dies, and no key is lost'],
    ['cachelab replicate --replicas 1 --kill node-B', 'without copies, its keys are lost'],
    ['cachelab replicate --nodes 5 --replicas 3 --kill node-A --kill node-C', 'two nodes die'],
  ],
  async run(flags, _, { isGiven }) {
    if (flags.connect) return runReal(flags, flags.connect, isGiven)
    const options = phasesOptions(flags, isGiven)
    await show(flags.format, 'reading keys', (progress) => replication(options, progress))
  },
})

/** The experiment that the flags describe. Throws InputError if they don't fit together. */
function phasesOptions(flags: Flags, isGiven: Context['isGiven']): PhasesOptions {
  const setup = replicationSetup(flags, isGiven)
  for (const [i, name] of flags.kill.entries()) {
    nodeNumber('--kill', name, flags.nodes)
    if (flags.kill.indexOf(name) < i) throw new InputError(`--kill names ${JSON.stringify(name)} twice`)
  }
  return { ...setup, kills: flags.kill }
}

async function runReal(
  flags: Flags,
  addresses: readonly Address[],
  isGiven: Context['isGiven'],
): Promise<void> {
  checkRealKeys(flags.keys)
  if (isGiven('capacity'))
    throw new InputError('--capacity is set on the servers themselves; leave it out with --connect')
  const { remoteReplication } = await import('../../remote/experiment/replicate.js')
  await showReal(addresses, flags.format, 'writing and reading keys', async (real, progress) => {
    if (real.cluster)
      throw new InputError(
        '--connect names a node of a cluster, which has its own replicas: see cachelab lab failover and cluster run --connect',
      )
    const nodes = realNodes(isGiven, flags.nodes, real)
    const options = phasesOptions({ ...flags, nodes }, isGiven)
    const timeout = isGiven('timeout') ? options.timeout : real.timeout
    return remoteReplication({ ...options, timeout }, real.servers, real.session, progress)
  })
}
