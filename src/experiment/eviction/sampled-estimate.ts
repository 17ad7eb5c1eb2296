import type { PolicyName } from '../../eviction/index.js'
import type { SampledDistances } from '../../eviction/sampled-distances.js'
import { InputError } from '../../input-error.js'
import type { Progress } from '../../keys/index.js'
import { fact } from '../../parallel/division.js'
import { countOf } from '../../report/format.js'
import { PARTS } from '../../trace/sampled-index.js'
import { type Curve, type CurveOptions, spaced } from './curve.js'
import { type CurveSet, type Misses, missCurves } from './miss-curves.js'
import { drawAll, workloadOf } from './requests.js'
import { keptSample, type Sample, type SampleFacts, type Sampling, sampledDistances } from './sample.js'

/** Keys of the sample that the smallest cache holds: smaller ones depend on which popular keys are in it. */
const MIN_SLOTS = 32
/** Generated requests × simulations up to which a policy's exact curve is simulated too. */
const AFFORDABLE = 40_000_000

export interface SampledCurveOptions extends CurveOptions, Sampling {}

/** What a sample tells. */
export interface Estimate {
  readonly facts: SampleFacts
  readonly capacities: readonly number[]
  readonly curves: readonly Curve[]
  /** LRU's curve by each part of the sample, for its error. */
  readonly parts: readonly Curve[]
  /** The curves of all generated requests, of policies for which that is affordable. */
  readonly exact: readonly Curve[]
}

/**
 * Estimates curves from a sample whose requests are kept. Every machine takes all requests, on one core. The tasks are
 * stretches of the sample for LRU, caches for other policies, and each part of the sample by itself.
 */
export async function estimate(options: SampledCurveOptions, progress?: Progress): Promise<Estimate> {
  const { policies, points, seed } = options
  let sample: Sample | undefined
  const facts = await fact('the sample', async () => {
    sample = await keptSample(options, progress)
    return { ...sample.facts, ...spacedIn(sample.facts, points) }
  })
  const { requests, rate, keys, slots, capacities } = facts
  const common = { keyCount: keys, seed, rate: options.rate * rate }
  const slotsOfPart = capacities.map((capacity) => Math.round((capacity * rate) / PARTS))
  const [exact, whole, ...parts] = await missCurves(
    'curves of a sample',
    [
      exactSet(options, capacities),
      {
        ...{ policies, capacities: slots, count: facts.sampled, warmup: 0 },
        requests: () => ({ ...common, requests: sample!.requests }),
      },
      ...facts.parts.map((count, part) => ({
        ...{ policies: policies.filter((policy) => policy === 'lru'), capacities: slotsOfPart },
        ...{ count, warmup: 0 },
        requests: () => ({ ...common, requests: sample!.part(part) }),
      })),
    ],
    progress,
  )
  return {
    ...{ facts, capacities },
    curves: curvesOf(whole, requests * rate),
    parts: parts.flatMap((misses) => curvesOf(misses, (requests * rate) / PARTS)),
    exact: curvesOf(exact, requests),
  }
}

/**
 * Estimates LRU's curve from a sample that is kept small, in the pass that takes all requests. Every machine does that: only
 * the exact curve is a list of tasks.
 */
export async function estimateInPass(options: SampledCurveOptions, progress?: Progress): Promise<Estimate> {
  const facts = await fact('the sample', async () => {
    const { facts, whole, parts } = await sampledDistances(options, progress)
    const { capacities } = spacedIn(facts, options.points)
    const ratios = (distances: SampledDistances, rate: number) =>
      capacities.map((capacity) => distances.missRatio(capacity, facts.requests, rate))
    return {
      ...{ ...facts, capacities, whole: ratios(whole, facts.rate) },
      parts: parts.map((part) => ratios(part, facts.rate / PARTS)),
    }
  })
  const { capacities } = facts
  const [exact] = await missCurves('exact curves', [exactSet(options, capacities)], progress)
  const lru = (ratios: readonly number[]): Curve => ({ policy: 'lru', ratios })
  return {
    ...{ facts, capacities, curves: [lru(facts.whole)], parts: facts.parts.map(lru) },
    exact: curvesOf(exact, facts.requests),
  }
}

/** How many keys caches hold, and how many sampled ones. */
function spacedIn({ requests, keys, rate }: SampleFacts, points: number) {
  if (keys < MIN_SLOTS)
    throw new InputError(
      `--sample: the sample of ${countOf(requests, 'request')} holds ${countOf(keys, 'key')}, ${MIN_SLOTS} are needed: sample more, or leave --sample out`,
    )
  const slots = spaced(MIN_SLOTS, keys, points)
  return { slots, capacities: slots.map((slot) => Math.round(slot / rate)) }
}

/** The exact curves of generated requests; none of a trace. */
function exactSet(
  { source, policies, seed, rate }: SampledCurveOptions,
  capacities: readonly number[],
): CurveSet {
  if ('trace' in source) return NONE
  const { requests: count } = source.setup
  const isAffordable = (policy: PolicyName) =>
    count * (policy === 'lru' ? 1 : capacities.length) <= AFFORDABLE
  return {
    ...{ policies: policies.filter(isAffordable), capacities, count, warmup: 0 },
    requests() {
      const workload = workloadOf(source.workload, source.setup, seed)
      return { requests: drawAll(workload, count, 'workers'), keyCount: workload.keyCount, seed, rate }
    },
  }
}

const NONE: CurveSet = {
  ...{ policies: [], capacities: [], count: 0, warmup: 0 },
  requests: () => ({ requests: new Uint32Array(0), keyCount: 0, seed: 0, rate: 0 }),
}

/** Miss ratios of so many requests. The expected number of sampled ones may be less than their misses. */
const curvesOf = (misses: Misses, requests: number): Curve[] =>
  [...misses].map(([policy, counts]) => ({
    policy,
    ratios: counts.map((count) => (count === null ? null : Math.min(1, count / requests))),
  }))
