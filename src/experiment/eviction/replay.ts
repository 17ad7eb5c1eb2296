import { type Admission, type AdmissionRule, createAdmission } from '../../eviction/admission.js'
import { type EvictionPolicy, type PolicyName, policies } from '../../eviction/index.js'
import { PriorityHeap } from '../../eviction/priority-heap.js'
import { operations as codes } from '../../trace/batch.js'
import type { Requests } from './request-log.js'
import { simulate, specialized } from './simulate.js'

/** One cache that is sent requests: plain data, so that a worker can do it. */
export interface ReplayTask {
  readonly policy: PolicyName
  /** Keys, or bytes where the requests have sizes. */
  readonly capacity: number
  /** Keys in their order, with sizes, times and operations where there are any: as `readTrace` gives them. */
  readonly requests: Requests
  /** Requests at the beginning that are not counted. */
  readonly warmup: number
  /** Decides what policy and filter draw at random. */
  readonly seed: number
  /** Requests a second, where they have no times. */
  readonly rate: number
  /** Which missed keys are put in; without it all. */
  readonly admission?: AdmissionRule | undefined
}

/** What came of the requests after the warm-up. Bytes are 0 without sizes. */
export interface Outcome {
  /** Reads after the warm-up. */
  reads: number
  /** Reads that hit. */
  hits: number
  /** The sizes of all reads together. */
  bytes: number
  /** The sizes of the reads that hit. */
  hitBytes: number
  writes: number
  /** Keys that were deleted while they were cached. */
  deleted: number
  /** Keys that expired while they were cached. */
  expired: number
  /** Requests of objects larger than the cache, which are not put in. */
  bypassed: number
}

/**
 * A cache's outcome. A read of a missing key puts it in, a write puts it in or gives it its new size and lifetime, a
 * deletion takes it out, and so does the end of its lifetime. O(requests).
 *
 * @example
 * import { type Outcome, type ReplayTask, replay } from 'cachelab/eviction'
 * const requests = { keys: Uint32Array.of(0, 1, 0, 2, 0), keyCount: 3, sizes: Float64Array.of(60, 30, 50) }
 * const task: ReplayTask = { policy: 'lru', capacity: 100, requests, warmup: 0, seed: 1, rate: 1000 }
 * const { reads, hits, bytes, hitBytes }: Outcome = replay(task)
 * hits / reads // 0.2
 * hitBytes / bytes // 0.23076923076923078
 */
export function replay(task: ReplayTask): Outcome {
  const { requests, warmup, capacity, seed, rate } = task
  const { keys, keyCount, sizes, times, ttls, operations } = requests
  const clock = { seconds: 0 }
  const policy = policies[task.policy].create({
    ...{ capacity, keyCount, seed, rate, sizes, requests: keys },
    clock: times || ttls ? clock : undefined,
  })
  const outcome = { reads: 0, hits: 0, bytes: 0, hitBytes: 0, writes: 0, deleted: 0, expired: 0, bypassed: 0 }
  if (!sizes && !times && !ttls && !operations && !task.admission) {
    simulate(policy, keys.subarray(0, warmup))
    const hits = simulate(policy, keys.subarray(warmup))
    return { ...outcome, reads: keys.length - warmup, hits }
  }
  const run: Run = {
    policy,
    capacity,
    clock,
    rate,
    outcome,
    sizes: sizes && (requests.newSizes ? Float64Array.from(sizes) : sizes),
    admission: task.admission && createAdmission(task.admission, keyCount, seed),
    lifetimes: ttls && new Lifetimes(policy, keyCount, outcome),
    codes,
  }
  const send = specialized(policy, sendAll)
  send(run, requests, 0, warmup)
  for (const name of Object.keys(outcome) as (keyof Outcome)[]) outcome[name] = 0
  send(run, requests, warmup, keys.length)
  return outcome
}

interface Run {
  readonly policy: EvictionPolicy
  readonly capacity: number
  readonly clock: { seconds: number }
  readonly rate: number
  readonly outcome: Outcome
  readonly sizes: Float64Array | undefined
  readonly admission: Admission | undefined
  readonly lifetimes: Lifetimes | undefined
  readonly codes: typeof codes
}

/** The loop over requests; it must not refer to anything outside of itself, as it is compiled anew for each policy. */
function sendAll(run: Run, requests: Requests, from: number, to: number): void {
  const { policy, capacity, clock, outcome, sizes, admission, lifetimes, codes } = run
  const { keys, newSizes, times, ttls, operations } = requests
  let [reads, hits, bytes, hitBytes] = [0, 0, 0, 0]
  for (let i = from; i < to; i++) {
    const key = keys[i]
    const operation = operations === undefined ? codes.read : operations[i]
    if (times !== undefined || lifetimes !== undefined) {
      clock.seconds = times === undefined ? i / run.rate : times[i]
      lifetimes?.end(clock.seconds)
    }
    if (operation === codes.delete) {
      policy.skip?.()
      // What comes next under this key is another object.
      if (sizes !== undefined && newSizes !== undefined) sizes[key] = 0
      if (!policy.has(key)) continue
      policy.remove(key)
      outcome.deleted++
      continue
    }
    if (sizes !== undefined && newSizes !== undefined && newSizes[i] !== sizes[key]) {
      if (operation === codes.write && policy.has(key)) policy.remove(key)
      if (operation === codes.write || sizes[key] === 0) sizes[key] = newSizes[i]
    }
    const size = sizes === undefined ? 1 : sizes[key]
    let hit = false
    if (size > capacity) {
      outcome.bypassed++
      policy.skip?.()
    } else if (admission !== undefined && !policy.has(key) && !admission.admits(key, size)) policy.skip?.()
    else {
      hit = policy.access(key, size)
      if (lifetimes !== undefined && ttls !== undefined && (!hit || operation === codes.write))
        lifetimes.begin(key, clock.seconds, ttls[i])
    }
    if (operation === codes.write) outcome.writes++
    else {
      reads++
      bytes += size
      if (hit) {
        hits++
        hitBytes += size
      }
    }
  }
  outcome.reads = reads
  outcome.hits = hits
  outcome.bytes = bytes
  outcome.hitBytes = hitBytes
}

/** Takes keys out when their lifetimes end. O(log keys) each. */
class Lifetimes {
  private readonly ends: PriorityHeap

  constructor(
    private readonly policy: EvictionPolicy,
    keyCount: number,
    private readonly outcome: Outcome,
  ) {
    this.ends = new PriorityHeap(keyCount)
  }

  /** A key was put in: it stays for so many seconds, or as long as it likes for 0. */
  begin(key: number, now: number, ttl: number): void {
    if (ttl > 0) this.ends.set(key, now + ttl)
    else if (this.ends.has(key)) this.ends.remove(key)
  }

  /** Takes out all keys whose time is over. */
  end(now: number): void {
    const { ends, policy } = this
    while (ends.size > 0 && ends.lowest <= now) {
      const key = ends.first
      ends.remove(key)
      if (!policy.has(key)) continue
      policy.remove(key)
      this.outcome.expired++
    }
  }
}
