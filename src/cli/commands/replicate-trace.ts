import { type Command, Option } from 'commander'
import { replicationTrace } from '../../experiment/replication/trace.js'
import { InputError } from '../../input-error.js'
import { nodeNumber } from '../options/load.js'
import {
  modeOptions,
  networkOptions,
  type ReplicationFlags,
  replicasOption,
  replicationSetup,
  ringNodesOptions,
} from '../options/replication.js'
import { show } from '../output/show.js'

interface Flags extends Omit<ReplicationFlags, 'keys'> {
  kill?: string
  hang?: string | true
}

export const examples = [
  ['cachelab replicate trace user:1001', 'written, read; its primary dies; read again, written again'],
  ['cachelab replicate trace user:1001 --hang', 'the primary hangs: the price is a timeout'],
  ['cachelab replicate trace user:1001 --mode quorum --replicas 3', 'two of three owners are enough'],
] as const

export function configure(command: Command): Command {
  return networkOptions(modeOptions(replicasOption(ringNodesOptions(command.argument('<key>', 'any text')))))
    .description(
      'Follows one key: who holds it, who answers, and every message, before and after a node fails.',
    )
    .addOption(new Option('--kill <node>', 'the node that dies (default: the primary)').conflicts('hang'))
    .addOption(new Option('--hang [node]', 'let a node hang instead (default: the primary)'))
    .action(run)
}

async function run(key: string, flags: Flags): Promise<void> {
  if (key === '') throw new InputError('a key must not be empty, got ""')
  const setup = replicationSetup({ ...flags, keys: 1 })
  const victim = flags.hang === true ? undefined : (flags.hang ?? flags.kill)
  if (victim !== undefined) nodeNumber(flags.hang ? '--hang' : '--kill', victim, flags.nodes)
  await show(flags.format, 'tracing', () =>
    replicationTrace({ ...setup, key, victim, fault: flags.hang ? 'hang' : 'kill' }),
  )
}
