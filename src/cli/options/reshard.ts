import type { Change } from '../../experiment/cluster/alternatives.js'
import { clusterReshard, estimatedTime, type ReshardOptions } from '../../experiment/cluster/reshard.js'
import { InputError } from '../../input-error.js'
import { formatTime } from '../../report/format.js'
import { show } from '../output/show.js'
import { noteWithReport } from '../output/terminal.js'
import { wholeNumber } from './arguments.js'
import { clusterLoadOptions, clusterSetup } from './cluster.js'
import { type Context, type FlagsOf, option } from './declare.js'
import { checkCopies, checkRequests } from './load.js'
import { formatOption } from './ring.js'

/** Options of the commands that move slots under load. */

export const reshardOptions = {
  ...clusterLoadOptions({ rate: 500 }),
  format: formatOption,
  keys: option('<count>', 'keys in the cluster before the move', wholeNumber(0, 1_000_000), 5000).first(),
  pipeline: option('<count>', 'keys in one MIGRATE; redis-cli takes 10', wholeNumber(1, 1000), 1).first(),
}

/** The longest run without --duration: simulated milliseconds, and requests. */
const MAX_DEFAULT_MS = 300_000
const MAX_DEFAULT_REQUESTS = 150_000

/** Milliseconds until all slots have moved, or the first part of them where that takes too long to compute unasked. */
function defaultDuration(options: ReshardOptions): number {
  const all = estimatedTime(options)
  const most = Math.min(MAX_DEFAULT_MS, (MAX_DEFAULT_REQUESTS / options.setup.rate) * 1000)
  const duration = Math.min(all, Math.max(1000, Math.round(most / 1000) * 1000))
  if (duration < all) {
    noteWithReport(
      `all moves take about ${formatTime(all)}; this run ends after ${formatTime(duration)}, unless a longer --duration is given`,
    )
  }
  return duration
}

/** Moves slots for --duration, by default for as long as it takes or five minutes. */
export async function runReshard(
  flags: FlagsOf<typeof reshardOptions>,
  change: Change,
  isGiven: Context['isGiven'],
): Promise<void> {
  const setup = clusterSetup(flags, { empty: change.kind === 'add-node' ? 1 : 0 })
  const options = { setup, change, keys: flags.keys, pipeline: flags.pipeline }
  const duration = isGiven('duration') ? flags.duration : defaultDuration(options)
  const timed = { ...options, setup: { ...setup, duration } }
  checkRequests(timed.setup)
  checkCopies(timed.setup, setup.replicas + 1, flags.keys)
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
