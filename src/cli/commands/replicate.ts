import { type Command, Option } from 'commander'
import { replication } from '../../experiment/replication/phases.js'
import { connectOption } from '../options/connect.js'
import {
  clusterOptions,
  memoryOptions,
  modeOptions,
  networkOptions,
  type PhasesFlags,
  phasesOptions,
  replicasOption,
} from '../options/replication.js'
import { show } from '../output/show.js'

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

async function run(flags: PhasesFlags, command: Command): Promise<void> {
  if (flags.connect)
    return (await import('../connect/replicate.js')).runRealReplication(flags, flags.connect, command)
  const options = phasesOptions(flags)
  await show(flags.format, 'reading keys', (progress) => replication(options, progress))
}
