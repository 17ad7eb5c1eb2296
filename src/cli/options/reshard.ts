import { type Command, Option } from 'commander'
import type { Change } from '../../experiment/cluster/alternatives.js'
import { clusterReshard, estimatedTime } from '../../experiment/cluster/reshard.js'
import { InputError } from '../../input-error.js'
import type { FormatName } from '../../report/index.js'
import { show } from '../output/show.js'
import { wholeNumber } from './arguments.js'
import { type ClusterFlags, clusterLoadOptions, clusterSetup } from './cluster.js'
import { checkRequests } from './load.js'
import { formatOption } from './ring.js'

/** Options of the commands that move slots under load. */

export interface ReshardFlags extends ClusterFlags {
  keys: number
  pipeline: number
  format: FormatName
}

const RATE = 500

export function reshardOptions(command: Command): Command {
  return formatOption(clusterLoadOptions(command, { rate: RATE }))
    .addOption(
      new Option('--keys <count>', 'that are there before')
        .default(5000)
        .argParser(wholeNumber('--keys', 0, 1_000_000)),
    )
    .addOption(
      new Option('--pipeline <count>', 'keys in one MIGRATE; redis-cli takes 10')
        .default(1)
        .argParser(wholeNumber('--pipeline', 1, 1000)),
    )
}

/** Moves slots, for as long as it takes unless a --duration says otherwise. */
export async function runReshard(flags: ReshardFlags, change: Change, command: Command): Promise<void> {
  const setup = clusterSetup(flags, { empty: change.kind === 'add-node' ? 1 : 0 })
  const options = { setup, change, keys: flags.keys, pipeline: flags.pipeline }
  const isGiven = command.getOptionValueSource('duration') === 'cli'
  const duration = isGiven ? flags.duration : estimatedTime(options)
  const timed = { ...options, setup: { ...setup, duration } }
  checkRequests(timed.setup)
  await show(flags.format, 'moving', (progress) => clusterReshard(timed, progress))
}

/** The number of a master by its name. Throws InputError where there is none, or where it can't be missed. */
export function masterNumber(flag: string, name: string, masters: readonly string[]): number {
  const node = masters.indexOf(name)
  if (node >= 0) return node
  throw new InputError(
    `${flag} must be a master (${masters.length > 10 ? `${masters[0]} to ${masters[masters.length - 1]}` : masters.join(', ')}), got ${JSON.stringify(name)}`,
  )
}
