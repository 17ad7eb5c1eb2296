import type { PolicyName } from '../../eviction/index.js'
import { SampledDistances } from '../../eviction/sampled-distances.js'
import { InputError } from '../../input-error.js'
import type { Progress } from '../../keys/index.js'
import { breathe } from '../../parallel/breathe.js'
import type { Findings } from '../../report/build.js'
import { countOf, formatCount, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { mean, variance } from '../../stats/summary.js'
import { UNSAMPLED } from '../../trace/key-index.js'
import { PARTS, SampledIndex } from '../../trace/sampled-index.js'
import { type Curve, type CurveOptions, curveReport, spaced } from './curve.js'
import { missCurves } from './miss-curves.js'
import { RequestLog } from './request-log.js'
import { drawAll, workloadOf } from './requests.js'

/** Keys of the sample that chooses its own rate. */
const AUTO_KEYS = 1 << 14
/** Keys of the sample that the smallest cache holds: smaller ones depend on which popular keys are in it. */
const MIN_SLOTS = 32
/** Keys of a sample for which the paper reports a mean absolute error of about 0.01. */
const FEW_KEYS = 1 << 13
/** Generated requests × simulations up to which a policy's exact curve is simulated too. */
const AFFORDABLE = 40_000_000
const DRAWN = 1 << 16

export interface SampledCurveOptions extends CurveOptions {
  /** Numbers the sample's keys; a trace numbers its keys with it. */
  readonly index: SampledIndex
}

/** An index for a rate or `auto`. Throws InputError for policies whose misses that sample can't tell. */
export function sampledIndex(sample: number | 'auto', policies: readonly PolicyName[]): SampledIndex {
  if (sample !== 'auto') return new SampledIndex(sample)
  const others = policies.filter((policy) => policy !== 'lru')
  if (others.length > 0)
    throw new InputError(
      `--sample auto is for lru, not for ${others.join(', ')}: give --policies lru, or a share such as 1%`,
    )
  return new SampledIndex(1, AUTO_KEYS)
}

/**
 * Miss ratio against capacity, estimated from a sample of the keys. LRU's is that of SHARDS, in one pass; memory grows
 * with the sampled keys only. Other policies simulate a small cache, capacity × rate, on the sampled requests, which are
 * kept. All misses are divided by the expected number of sampled requests, which is the correction SHARDS-adj.
 *
 * Waldspurger et al., "Efficient MRC Construction with SHARDS", FAST 2015; Waldspurger, Saemundsson, Ahmad and Park,
 * "Cache Modeling and Optimization using Miniature Simulations", USENIX ATC 2017.
 */
export async function sampledCurve(options: SampledCurveOptions, progress?: Progress): Promise<Report> {
  const { source, index, policies } = options
  const { distances, parts, log, requests } = await readSample(options, progress)
  const { size: keys, rate } = index
  if (keys < MIN_SLOTS)
    throw new InputError(
      `--sample: the sample of ${countOf(requests, 'request')} holds ${countOf(keys, 'key')}, ${MIN_SLOTS} are needed: sample more, or leave --sample out`,
    )
  const slots = spaced(MIN_SLOTS, keys, options.points)
  const capacities = slots.map((slot) => Math.round(slot / rate))
  const mini = await missCurves(
    {
      name: 'sampled curves',
      policies: policies.filter(isNotLru),
      capacities: slots,
      requests: () => ({
        ...{ requests: log, keyCount: keys, warmup: 0 },
        ...{ seed: options.seed, rate: options.rate * rate },
      }),
    },
    progress,
  )
  const curves = policies.map((policy): Curve => {
    const misses = mini.get(policy)
    return {
      policy,
      ratios: capacities.map((capacity, i) =>
        misses ? Math.min(1, misses[i]! / (requests * rate)) : distances.missRatio(capacity, requests, rate),
      ),
    }
  })
  const spread = mean(capacities.map((capacity) => errorOf(parts, capacity, requests, rate)))
  const errors = await errorFindings(options, curves, capacities)
  return curveReport({
    name: `${'trace' in source ? source.trace.label : source.workload}, sampled`,
    parameters: {
      policies: policies.join(', '),
      ...('trace' in source
        ? { trace: source.trace.label, ...source.trace.parameters }
        : { workload: source.workload }),
      requests,
      sample: Number(rate.toPrecision(4)),
      sampledKeys: keys,
      seed: 'trace' in source ? null : options.seed,
    },
    capacities,
    curves,
    findings: {
      sample: `The sample holds ${countOf(keys, 'key')}, ${formatRatio(rate, 3)} of about ${formatCount(Math.round(keys / rate))}. Caches of fewer than ${countOf(capacities[0], 'key')} can't be estimated from it.`,
      ...errors,
      spread: policies.includes('lru') && {
        text: `LRU's mean absolute error over these capacities is expected to be about ${spread.toFixed(4)}, by the spread of ${PARTS} parts of the sample.${Object.keys(errors).length > 0 ? '' : ' The same command without --sample gives the exact curve.'}`,
        measured: spread,
      },
      few: rate < 1 &&
        keys < FEW_KEYS && {
          text: `A sample of ${countOf(keys, 'key')} is small: a mean absolute error of 0.01 takes some ${countOf(FEW_KEYS, 'key')}. Sample a larger share.`,
          measured: keys,
          expected: FEW_KEYS,
        },
    },
  })
}

/** Takes all requests in their order; keeps those of sampled keys only where a policy other than LRU needs them. */
async function readSample(options: SampledCurveOptions, progress?: Progress) {
  const { source, index, seed } = options
  const distances = new SampledDistances()
  const parts = Array.from({ length: PARTS }, () => new SampledDistances())
  const log = options.policies.some(isNotLru) ? new RequestLog() : undefined
  const hasLru = options.policies.includes('lru')
  let sampled = 0
  const take = (keys: Uint32Array) => {
    sampled += keys.length
    log?.add({ keys }, index.size)
    if (hasLru) {
      for (let i = 0; i < keys.length; i++) {
        distances.request(keys[i])
        parts[index.partOf(keys[i])].request(keys[i])
      }
    }
    const lost = index.shrink()
    if (lost) for (const each of [distances, ...parts]) each.shrink(lost.numbers, lost.ratio)
  }
  const logged = () => log?.requests(sampled, index.size).keys ?? new Uint32Array(0)
  if ('trace' in source) {
    const { trace } = source
    let others = false
    for await (const batch of trace.batches()) {
      others ||= batch.operations !== undefined || batch.ttls !== undefined
      take(batch.keys)
      progress?.(sampled + trace.unsampled, null)
      await breathe()
    }
    if (others) trace.notice('a sample takes every request as a read, and times to live are not used')
    return { distances, parts, log: logged(), requests: sampled + trace.unsampled }
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
  return { distances, parts, log: logged(), requests }
}

/** How far the estimates are from the exact curves of generated requests, where those are affordable. */
async function errorFindings(
  options: SampledCurveOptions,
  curves: readonly Curve[],
  capacities: readonly number[],
): Promise<Findings> {
  const { source, seed } = options
  if ('trace' in source) return {}
  const { requests } = source.setup
  const affordable = options.policies.filter(
    (policy) => requests * (policy === 'lru' ? 1 : capacities.length) <= AFFORDABLE,
  )
  if (affordable.length === 0) return {}
  const workload = workloadOf(source.workload, source.setup, seed)
  const exact = await missCurves({
    name: 'exact curves',
    policies: affordable,
    capacities,
    requests: () => ({
      requests: drawAll(workload, requests, 'workers'),
      keyCount: workload.keyCount,
      ...{ warmup: 0, seed, rate: options.rate },
    }),
  })
  return Object.fromEntries(
    curves.flatMap(({ policy, ratios }) => {
      const misses = exact.get(policy)
      if (!misses) return []
      const error = mean(ratios.map((ratio, i) => Math.abs(ratio! - misses[i]! / requests)))
      return [
        [
          `error-${policy}`,
          {
            text: `The mean absolute error of ${policy} over these capacities is ${error.toFixed(4)}, against its exact curve.`,
            measured: error,
          },
        ],
      ]
    }),
  )
}

/** Expected absolute error of the mean of independent parts: √(2 ÷ π) × their standard deviation ÷ √parts. */
function errorOf(
  parts: readonly SampledDistances[],
  capacity: number,
  requests: number,
  rate: number,
): number {
  const ratios = parts.map((part) => part.missRatio(capacity, requests, rate / PARTS))
  return Math.sqrt((2 / Math.PI) * (variance(ratios) / (PARTS - 1)))
}

const isNotLru = (policy: PolicyName) => policy !== 'lru'
