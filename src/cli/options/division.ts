import { InputError } from '../../input-error.js'
import type { Shard } from '../../parallel/division.js'
import { wholeNumber } from './arguments.js'
import { flag, option } from './declare.js'

const MAX_JOBS = 1024
const MAX_SHARDS = 100_000

/** Of commands that use all cores. */
export const jobsOption = {
  jobs: option('<count>', 'tasks at the same time (default: one a core)', wholeNumber(1, MAX_JOBS)).last(),
}

/** Of commands whose work is a list of independent tasks, one at a time on each machine. */
export const sharesOptions = {
  shard: option(
    '<i/n>',
    'do this share of the tasks only, and write a part for cachelab merge',
    shard,
  ).last(),
  resume: option('<folder>', 'keep what is done in parts there, and do what is not there yet').last(),
  verbose: flag('a line on standard error for each task that is done').last(),
}

/** Of commands whose work is a list of independent tasks. */
export const divisionOptions = { ...jobsOption, ...sharesOptions }

/** Throws InputError where the work that is asked for is no list of tasks; `why` says so. */
export function refuseDivision(
  flags: { readonly shard?: unknown; readonly resume?: unknown },
  why: string,
): void {
  const given = (['shard', 'resume'] as const).find((key) => flags[key] !== undefined)
  if (given) throw new InputError(`--${given} divides a list of tasks; ${why}`)
}

function shard(text: string, name: string): Shard {
  const [, index, count] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).map(Number)
  if (!(index >= 1 && index <= count && count <= MAX_SHARDS))
    throw new InputError(
      `${name} must be a share such as 1/4, from 1/n to n/n and n at most ${MAX_SHARDS}, got ${JSON.stringify(text)}`,
    )
  return { index, count }
}
