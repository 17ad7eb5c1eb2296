import { SampledDistances } from '../../eviction/sampled-distances.js'
import { InputError } from '../../input-error.js'
import type { Progress } from '../../keys/index.js'
import { breathe } from '../../parallel/breathe.js'
import { sharedCopy } from '../../parallel/shared.js'
import type { Parameters } from '../../trace/format.js'
import { UNSAMPLED } from '../../trace/key-index.js'
import { PARTS, type SampledIndex } from '../../trace/sampled-index.js'
import { MAX_REQUESTS, RequestLog } from './request-log.js'
import { type RequestSource, sumOf, workloadOf } from './requests.js'

const DRAWN = 1 << 16

/** What is to be sampled. */
export interface Sampling {
  readonly source: RequestSource
  /** Numbers the sample's keys; a trace numbers its keys with it. */
  readonly index: SampledIndex
  readonly seed: number
}

/** What every machine that does a part of the work finds of a sample. */
export interface SampleFacts {
  /** All requests. */
  readonly requests: number
  /** Sampled keys, and their share of all. */
  readonly keys: number
  readonly rate: number
  /** What a report says of the trace. */
  readonly parameters: Parameters
}

/** The same of a sample whose requests are kept: how many there are, also in each part, and what tells them apart from others. */
export interface KeptFacts extends SampleFacts {
  readonly sampled: number
  readonly parts: readonly number[]
  readonly sum: number
}

/** A sample whose requests are kept in memory that workers share, four bytes each. */
export interface Sample {
  readonly facts: KeptFacts
  readonly requests: Uint32Array
  /** The requests of the keys of a part. */
  part(part: number): Uint32Array
}

/** Keeps the requests of the sampled keys. Throws InputError where there are too many for that. */
export async function keptSample(sampling: Sampling, progress?: Progress): Promise<Sample> {
  const { index } = sampling
  const log = new RequestLog()
  const parts = new Array<number>(PARTS).fill(0)
  const take = (keys: Uint32Array) => {
    if (log.count + keys.length > MAX_REQUESTS)
      throw new InputError(
        `--sample: the sample holds more than ${MAX_REQUESTS} requests, the most that are kept in memory; give a smaller share, or auto`,
      )
    log.add({ keys }, index.size)
    for (let i = 0; i < keys.length; i++) parts[index.partOf(keys[i])]++
  }
  const found = await readSample(sampling, take, progress)
  const requests = log.requests(log.count, index.size).keys
  return {
    facts: { ...found, sampled: log.count, parts, sum: sumOf(requests) },
    requests,
    part: (part) => sharedCopy(requests.filter((key) => index.partOf(key) === part)),
  }
}

/** LRU's distances among the keys of a sample that may lose some on its way, and among those of each part. Keeps no requests. */
export async function sampledDistances(sampling: Sampling, progress?: Progress) {
  const { index } = sampling
  const whole = new SampledDistances()
  const parts = Array.from({ length: PARTS }, () => new SampledDistances())
  const take = (keys: Uint32Array) => {
    for (let i = 0; i < keys.length; i++) {
      whole.request(keys[i])
      parts[index.partOf(keys[i])].request(keys[i])
    }
    const lost = index.shrink()
    if (lost) for (const each of [whole, ...parts]) each.shrink(lost.numbers, lost.ratio)
  }
  return { facts: await readSample(sampling, take, progress), whole, parts }
}

/** Takes all requests in their order, and gives those of sampled keys to `take`. */
async function readSample(
  { source, index, seed }: Sampling,
  take: (keys: Uint32Array) => void,
  progress?: Progress,
): Promise<SampleFacts> {
  let sampled = 0
  if ('trace' in source) {
    const { trace } = source
    let others = false
    for await (const batch of trace.batches()) {
      others ||= batch.operations !== undefined || batch.ttls !== undefined
      sampled += batch.keys.length
      take(batch.keys)
      progress?.(sampled + trace.unsampled, null)
      await breathe()
    }
    if (others) trace.notice('a sample takes every request as a read, and times to live are not used')
    const { parameters } = trace
    return { requests: sampled + trace.unsampled, keys: index.size, rate: index.rate, parameters }
  }
  const workload = workloadOf(source.workload, source.setup, seed)
  const { requests } = source.setup
  for (let done = 0; done < requests; done += DRAWN) {
    const batch = new Uint32Array(Math.min(DRAWN, requests - done))
    workload.next(batch)
    take(batch.map((key) => index.numberOf(key)).filter((number) => number !== UNSAMPLED))
    progress?.(done, requests)
    await breathe()
  }
  return { requests, keys: index.size, rate: index.rate, parameters: {} }
}
