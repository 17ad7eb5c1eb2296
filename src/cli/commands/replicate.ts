import { type Command, Option } from 'commander'
import { remoteReplication } from '../../experiment/remote/replicate.js'
import { replication } from '../../experiment/replication/phases.js'
import { InputError } from '../../input-error.js'
import { realClock } from '../../remote/session.js'
import { nodeNumber } from '../load-options.js'
import { type ConnectFlags, connectOption, realNodes, withServers } from '../remote.js'
import {
  clusterOptions,
  memoryOptions,
  modeOptions,
  networkOptions,
  type ReplicationFlags,
  replicasOption,
  replicationSetup,
} from '../replication-options.js'
import { show } from '../show.js'

interface Flags extends ReplicationFlags, ConnectFlags {
  kill: string[]
}

export const examples = [
  ['cachelab replicate --kill node-B', 'the lesson’s exercise: a node dies, and no key is lost'],
  ['cachelab replicate --replicas 1 --kill node-B', 'without copies exactly its keys are lost'],
  ['cachelab replicate --nodes 5 --replicas 3 --kill node-A --kill node-C', 'two nodes, one after the other'],
] as const

export function configure(command: Command): Command {
  return connectOption(memoryOptions(networkOptions(modeOptions(replicasOption(clusterOptions(command))))))
    .description(
      'Copies every key to the next distinct nodes clockwise, kills nodes, and reads every key again.',
    )
    .usage('[options]  or  cachelab replicate <command> [options]')
    .addOption(
      new Option('--kill <node>', 'kill a node, then read again; may be given several times')
        .default([], 'none')
        .argParser((name: string, before: string[]) => [...before, name]),
    )
    .action(run)
}

/** Milliseconds until a real server that doesn't answer is given up, where nothing else is said. */
const TIMEOUT = 2000

async function run(given: Flags, command: Command): Promise<void> {
  const { connect } = given
  const flags = connect
    ? { ...given, nodes: realNodes(command, given.nodes, connect.length, given.keys) }
    : given
  const setup = replicationSetup(flags)
  for (const [i, name] of flags.kill.entries()) {
    nodeNumber('--kill', name, flags.nodes)
    if (flags.kill.indexOf(name) < i) throw new InputError(`--kill names ${JSON.stringify(name)} twice`)
  }
  const options = { ...setup, kills: flags.kill }
  if (!connect) return show(flags.format, 'reading keys', (progress) => replication(options, progress))
  if (setup.capacity !== undefined)
    throw new InputError('--capacity is set on the servers themselves; leave it out with --connect')
  const servers = connect.map(({ text }) => text)
  const timeout = command.getOptionValueSource('timeout') === 'cli' ? setup.timeout : TIMEOUT
  await withServers(connect, (session) =>
    show(flags.format, 'writing and reading keys', (progress) =>
      remoteReplication({ ...options, timeout }, servers, session, realClock, progress),
    ),
  )
}
