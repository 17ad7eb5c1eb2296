import type { Progress } from '../../keys/index.js'
import { breathe } from '../../parallel/breathe.js'
import { createRandom } from '../../random/random.js'
import { Samples } from '../../stats/samples.js'
import { type Interval, mean, percentile } from '../../stats/summary.js'
import { Zipf } from '../../workload/index.js'
import { nextGap } from '../nodes/load.js'
import { crashMoments, type Losses, lossesOf } from './crashes.js'
import { PersistentServer, type Snapshot, type Writes } from './server.js'
import { type ChoiceName, choiceNames, type DurabilitySetup, sizesOf } from './setup.js'

/** Virtual milliseconds between two yields to the event loop. */
const STEP = 20_000
/** Equal parts of the writes, from whose means an interval is taken: writes near each other are not independent. */
const PARTS = 20

interface Latency {
  readonly mean: number
  readonly p50: number
  readonly p99: number
  readonly most: number
  /** The means of parts of the run. */
  readonly parts: readonly number[]
}

/** What one choice costs, and what crashes cost with it. Times are milliseconds. */
export interface Outcome extends Losses {
  readonly name: ChoiceName
  readonly latency: Latency

  /** Bytes that went to the disk for each byte of keys and values that was written. */
  readonly amplification: number
  readonly saves: readonly Snapshot[]
  readonly rewrites: readonly Snapshot[]
  readonly mostCopied: number
  readonly delayed: number
}

export interface Measured {
  readonly outcomes: Readonly<Record<ChoiceName, Outcome>>
  /** When crashes come. */
  readonly window: Interval
  readonly writes: number
}

/** The same writes and the same crashes for every choice. O(writes × choices). */
export async function measure(setup: DurabilitySetup, progress?: Progress): Promise<Measured> {
  const writes = writesOf(setup)
  let done = 0
  const run = async (name: ChoiceName): Promise<PersistentServer> => {
    const server = new PersistentServer(setup, name, writes)
    for (let time = 0; time < setup.duration; time += STEP) {
      server.run(Math.min(setup.duration, time + STEP))
      progress?.(done + time, choiceNames.length * setup.duration)
      await breathe()
    }
    done += setup.duration
    return server
  }
  // It comes first, as its saves say when crashes come; of the others only the outcome is kept.
  const saving = await run('RDB')
  const window = wholePeriods(saving.saves, setup.duration)
  const moments = crashMoments(setup, window)
  const outcomes: [ChoiceName, Outcome][] = []
  for (const name of choiceNames) {
    const server = name === 'RDB' ? saving : await run(name)
    outcomes.push([name, outcomeOf(name, server, setup, writes, moments)])
  }
  return {
    outcomes: Object.fromEntries(outcomes) as Record<ChoiceName, Outcome>,
    window,
    writes: writes.arrivals.length,
  }
}

/** From the end of the first save to that of the last, so that each part of a period counts alike; else all the time. */
function wholePeriods(saves: readonly Snapshot[], duration: number): Interval {
  return saves.length < 2 ? { low: 0, high: duration } : { low: saves[0].ended, high: saves.at(-1)!.ended }
}

function writesOf({ rate, duration, keys: keyCount, exponent, seed }: DurabilitySetup): Writes {
  const random = createRandom(seed, 'arrivals')
  const arrivals = new Samples()
  for (let at = nextGap(random, rate); at < duration; at += nextGap(random, rate)) arrivals.push(at)
  const keys = new Uint32Array(arrivals.length)
  new Zipf(keyCount, exponent, seed).next(keys)
  return { arrivals: arrivals.all(), keys }
}

function outcomeOf(
  name: ChoiceName,
  server: PersistentServer,
  setup: DurabilitySetup,
  { arrivals }: Writes,
  moments: readonly number[],
): Outcome {
  const { acknowledged, disk, pages, saves, rewrites, delayed } = server
  return {
    name,
    ...lossesOf(server, name, setup, moments),
    latency: latencyOf(acknowledged.map((time, i) => time - arrivals[i])),
    amplification: disk.written / (arrivals.length * sizesOf(setup).payload),
    saves,
    rewrites,
    mostCopied: pages.mostCopied,
    delayed,
  }
}

/** Sorts the latencies. */
function latencyOf(latencies: Float64Array): Latency {
  const part = Math.ceil(latencies.length / PARTS)
  const parts = Array.from({ length: Math.ceil(latencies.length / part) }, (_, i) =>
    mean(latencies.subarray(i * part, (i + 1) * part)),
  )
  const average = mean(latencies)
  latencies.sort()
  const [p50, p99, most] = [0.5, 0.99, 1].map((share) => percentile(latencies, share)!)
  return { mean: average, p50, p99, most, parts }
}
