import type { Progress } from '../../keys/index.js'
import { createRandom } from '../../random/random.js'
import { play, slices } from '../../simulation/play.js'
import { start } from '../../simulation/task.js'
import { Samples } from '../../stats/samples.js'
import { percentile, ratio } from '../../stats/summary.js'
import { operations } from '../../trace/batch.js'
import { Zipf } from '../../workload/index.js'
import { nextGap } from '../nodes/load.js'
import type { DesignName, TiersSetup } from './setup.js'
import { TiersWorld } from './world.js'

/** Rows of the timeline, and requests of the restarted server over which its hit ratio is taken before and after. */
const INTERVALS = 20
const AFTERWARDS = 500
/** Requests drawn in one batch. */
const DRAWN = 4096

/** What came in one of equal parts of the run, at all servers: sums. */
export interface Batch {
  reads: number
  hits: number
  stale: number
  latency: number
}

/** Results of one design. Shares are of the reads, times are milliseconds; null where there was no read. */
export interface TiersRun {
  readonly design: DesignName
  readonly hitRatio: number | null
  readonly localRatio: number | null
  readonly staleShare: number | null
  /** Share of all cache entries that duplicate a key cached elsewhere; null where there are none. */
  readonly duplicateShare: number | null
  readonly meanLatency: number | null
  readonly p99: number | null
  /** Hit ratio of the restarted server just before the restart and just after it; null where it has no reads. */
  readonly beforeRestart: number | null
  readonly afterRestart: number | null
  readonly messagesPerSecond: number
  /** Hit ratio of the server that restarts, in equal intervals; null where it has no reads. */
  readonly timeline: readonly (number | null)[]
  /** Equal parts of the run, from which intervals are taken: requests near each other are not independent. */
  readonly batches: readonly Batch[]
}

/** The server that restarts halfway through the run. */
export const RESTARTED = 0

/** Random requests: the server, the key, and whether it is a write. */
class Requests {
  private readonly random
  private readonly workload
  private readonly keys: Uint32Array
  private at: number

  constructor(private readonly setup: TiersSetup) {
    const { keys, exponent, seed, trace } = setup
    this.random = createRandom(seed, 'requests')
    this.workload = trace ? undefined : new Zipf(keys, exponent, seed)
    this.keys = trace?.keys ?? new Uint32Array(DRAWN)
    this.at = trace ? 0 : DRAWN
  }

  /** The next request; undefined at the end of a trace. */
  next(): { server: number; key: number; isWrite: boolean } | undefined {
    if (this.at === this.keys.length) {
      if (this.workload === undefined) return undefined
      this.workload.next(this.keys)
      this.at = 0
    }
    const { servers, writeRatio, trace } = this.setup
    const server = this.random.below(servers)
    const isWrite = this.random.next() < writeRatio
    const operation = trace?.operations?.[this.at]
    const key = this.keys[this.at++]
    // To caches a deletion is a write: what they hold is no longer right.
    return { server, key, isWrite: operation === undefined ? isWrite : operation !== operations.read }
  }

  gap(): number {
    return nextGap(this.random, this.setup.rate)
  }
}

class Counts {
  reads = 0
  hits = 0
  local = 0
  stale = 0
  /** Hits of the restarted server in its last reads before the restart and its first reads after it. */
  readonly before: boolean[] = []
  readonly after: boolean[] = []
  readonly intervals = Array.from({ length: INTERVALS }, () => ({ reads: 0, hits: 0 }))
  readonly batches: Batch[] = this.intervals.map(() => ({ reads: 0, hits: 0, stale: 0, latency: 0 }))
  readonly latencies = new Samples()

  constructor(private readonly setup: TiersSetup) {}

  count(server: number, began: number, latency: number, from: string, isStale: boolean): void {
    const { warmup, duration } = this.setup
    const time = began - warmup
    if (time < 0) return
    const isHit = from !== 'database'
    this.reads++
    if (isHit) this.hits++
    if (from === 'local') this.local++
    if (isStale) this.stale++
    this.latencies.push(latency)
    const part = Math.min(INTERVALS - 1, Math.floor((time / duration) * INTERVALS))
    const batch = this.batches[part]
    batch.reads++
    if (isHit) batch.hits++
    if (isStale) batch.stale++
    batch.latency += latency
    if (server !== RESTARTED) return
    const interval = this.intervals[part]
    interval.reads++
    if (isHit) interval.hits++
    if (time < duration / 2) this.before.push(isHit)
    else if (this.after.length < AFTERWARDS) this.after.push(isHit)
  }
}

/** A run of one design: plain data, so that a worker can do it. */
export interface TiersTask {
  readonly setup: TiersSetup
  readonly design: DesignName
  /** The hashed keys. */
  readonly positions: Uint32Array
}

export const runTiersTask = ({ setup, design, positions }: TiersTask): Promise<TiersRun> =>
  runTiers(setup, design, positions)

/** Runs one design. O(requests). */
export async function runTiers(
  setup: TiersSetup,
  design: DesignName,
  positions: Uint32Array,
  progress?: Progress,
): Promise<TiersRun> {
  const { warmup, duration } = setup
  const world = new TiersWorld(setup, design, positions)
  const { clock } = world
  const requests = new Requests(setup)
  const counts = new Counts(setup)
  const arrive = (): void => {
    const next = requests.next()
    if (next === undefined) return
    const { server, key, isWrite } = next
    const began = clock.now
    if (isWrite) start(world.write(server, key))
    else {
      const newest = world.acknowledged[key]
      start(world.read(server, key), ({ version, from }) =>
        counts.count(server, began, clock.now - began, from, version < newest),
      )
    }
    plan()
  }
  const plan = (): void => {
    const at = clock.now + requests.gap()
    if (at < warmup + duration) clock.at(at, arrive)
  }
  plan()
  clock.at(warmup + duration / 2, () => world.restart(RESTARTED))
  await play(slices(clock, warmup + duration), (time) => progress?.(time, warmup + duration))
  const { entries, different } = world.contentsNow()
  await play(slices(clock))
  return {
    design,
    ...sums(counts),
    duplicateShare: ratio(entries - different, entries),
    messagesPerSecond: (world.messages / (warmup + duration)) * 1000,
  }
}

function sums(counts: Counts) {
  const { reads, hits, local, stale, before, after, intervals, batches } = counts
  const sorted = counts.latencies.all().sort()
  const shareOfHits = (list: readonly boolean[]) => ratio(list.filter(Boolean).length, list.length)
  return {
    hitRatio: ratio(hits, reads),
    localRatio: ratio(local, reads),
    staleShare: ratio(stale, reads),
    meanLatency: ratio(
      sorted.reduce((sum, one) => sum + one, 0),
      sorted.length,
    ),
    p99: percentile(sorted, 0.99),
    beforeRestart: shareOfHits(before.slice(-AFTERWARDS)),
    afterRestart: shareOfHits(after),
    batches: batches.filter(({ reads }) => reads > 0),
    timeline: intervals.map((one) => ratio(one.hits, one.reads)),
  }
}
