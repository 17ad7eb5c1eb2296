import type { Change } from '../../experiment/cluster/alternatives.js'
import { clusterReshard, estimatedTime } from '../../experiment/cluster/reshard.js'
import { InputError } from '../../input-error.js'
import { show } from '../output/show.js'
import { wholeNumber } from './arguments.js'
import { clusterLoadOptions, clusterSetup } from './cluster.js'
import { type Context, type FlagsOf, option } from './declare.js'
import { checkRequests } from './load.js'
import { formatOption } from './ring.js'

/** Options of the commands that move slots under load. */

export const reshardOptions = {
  ...clusterLoadOptions({ rate: 500 }),
  format: formatOption,
  keys: option('<count>', 'keys in the cluster before the move', wholeNumber(0, 1_000_000), 5000),
  pipeline: option('<count>', 'keys in one MIGRATE; redis-cli takes 10', wholeNumber(1, 1000), 1),
}

/** Moves slots for --duration, by default for as long as it takes. */
export async function runReshard(
  flags: FlagsOf<typeof reshardOptions>,
  change: Change,
  isGiven: Context['isGiven'],
): Promise<void> {
  const setup = clusterSetup(flags, { empty: change.kind === 'add-node' ? 1 : 0 })
  const options = { setup, change, keys: flags.keys, pipeline: flags.pipeline }
  const duration = isGiven('duration') ? flags.duration : estimatedTime(options)
  const timed = { ...options, setup: { ...setup, duration } }
  checkRequests(timed.setup)
  await show(flags.format, 'moving', (progress) => clusterReshard(timed, progress))
}

/** The number of a master by its name. Throws InputError where there is none. */
export function masterNumber(flag: string, name: string, masters: readonly string[]): number {
  const node = masters.indexOf(name)
  if (node >= 0) return node
  throw new InputError(
    `${flag} must be a master (${masters.length > 10 ? `${masters[0]} to ${masters[masters.length - 1]}` : masters.join(', ')}), got ${JSON.stringify(name)}`,
  )
}
