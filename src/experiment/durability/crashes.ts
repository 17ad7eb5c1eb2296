import { createRandom } from '../../random/random.js'
import { type Interval, mean } from '../../stats/summary.js'
import type { PersistentServer, Snapshot } from './server.js'
import { type ChoiceName, choices, type DurabilitySetup, processorTime, sizesOf } from './setup.js'

/** What crashes at random moments cost under one choice. */
export interface Losses {
  /** Acknowledged writes that are gone after each crash: the process is killed, or the machine loses power. */
  readonly killed: readonly number[]
  readonly powerLost: readonly number[]
  /** Mean milliseconds until the data set is in memory again; null where there is none. */
  readonly restart: number | null
}

/** Moments between two others, in milliseconds, every one alike. */
export function crashMoments({ crashes, seed }: DurabilitySetup, { low, high }: Interval): number[] {
  const random = createRandom(seed, 'crashes')
  return Array.from({ length: crashes }, () => low + random.next() * (high - low))
}

/** What is lost at each of the moments. O(moments × log writes). */
export function lossesOf(
  server: PersistentServer,
  name: ChoiceName,
  setup: DurabilitySetup,
  moments: readonly number[],
): Losses {
  const { isSaved, appendfsync } = choices[name]
  const lost = (times: Float64Array, moment: number) => {
    const saved = snapshotAt(server.saves, moment)?.included ?? 0
    const survived = appendfsync ? countUntil(times, moment) : saved
    return Math.max(0, countUntil(server.acknowledged, moment) - survived)
  }
  return {
    killed: moments.map((moment) => lost(server.inKernel, moment)),
    powerLost: moments.map((moment) => lost(server.onDisk, moment)),
    restart:
      isSaved || appendfsync ? mean(moments.map((moment) => restartTime(server, setup, moment))) : null,
  }
}

/**
 * Milliseconds from the start of the server until it has loaded what a killed one had written: an RDB file, and for an
 * append-only file the commands behind it. The disk reads while the processor loads.
 */
function restartTime(server: PersistentServer, setup: DurabilitySetup, moment: number): number {
  const { logged, rdb } = sizesOf(setup)
  const commands = countUntil(server.inKernel, moment) - (snapshotAt(server.rewrites, moment)?.included ?? 0)
  const log = Math.max(0, commands) * logged
  const processor = processorTime('load', setup.keys, rdb) + processorTime('replay', log / logged, log)
  return Math.max(processor, ((rdb + log) / setup.disk.bandwidth) * 1000)
}

/** The last snapshot that was there at a moment. */
function snapshotAt(snapshots: readonly Snapshot[], moment: number): Snapshot | undefined {
  return snapshots.findLast(({ ended }) => ended <= moment)
}

/** How many of ascending times are at most a moment. */
function countUntil(times: Float64Array, moment: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times[middle] <= moment) low = middle + 1
    else high = middle
  }
  return low
}
