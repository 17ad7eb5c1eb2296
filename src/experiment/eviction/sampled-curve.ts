import type { PolicyName } from '../../eviction/index.js'
import { InputError } from '../../input-error.js'
import type { Progress } from '../../keys/index.js'
import type { Findings } from '../../report/build.js'
import { countOf, formatCount, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { mean, variance } from '../../stats/summary.js'
import { PARTS, SampledIndex } from '../../trace/sampled-index.js'
import { type Curve, curveReport } from './curve.js'
import { estimate, estimateInPass, type SampledCurveOptions } from './sampled-estimate.js'

/** Keys of the sample that chooses its own rate. */
const AUTO_KEYS = 1 << 14
/** Keys of a sample for which the paper reports a mean absolute error of about 0.01. */
const FEW_KEYS = 1 << 13

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
 * Miss ratio against capacity, estimated from a sample of the keys. LRU's is that of SHARDS. Other policies simulate a
 * small cache, capacity × rate, on the sampled requests. All misses are divided by the expected number of sampled
 * requests, which is the correction SHARDS-adj. Requests of sampled keys are kept, unless the sample chooses its own rate.
 *
 * Waldspurger et al., "Efficient MRC Construction with SHARDS", FAST 2015; Waldspurger, Saemundsson, Ahmad and Park,
 * "Cache Modeling and Optimization using Miniature Simulations", USENIX ATC 2017.
 */
export async function sampledCurve(options: SampledCurveOptions, progress?: Progress): Promise<Report> {
  const { source, index, policies } = options
  const isAuto = index.limit < Number.POSITIVE_INFINITY
  const { facts, capacities, curves, parts, exact } = await (isAuto ? estimateInPass : estimate)(
    options,
    progress,
  )
  const { requests, keys, rate, parameters } = facts
  const errors = errorFindings(curves, exact)
  const spread = errorOf(parts)
  return curveReport({
    name: `${'trace' in source ? source.trace.label : source.workload}, sampled`,
    parameters: {
      policies: policies.join(', '),
      ...('trace' in source ? { trace: source.trace.label, ...parameters } : { workload: source.workload }),
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
      spread: spread !== undefined && {
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

/** How far the estimates are from the exact curves, of policies of which both are known at all capacities. */
function errorFindings(curves: readonly Curve[], exact: readonly Curve[]): Findings {
  return Object.fromEntries(
    curves.flatMap(({ policy, ratios }) => {
      const known = exact.find((curve) => curve.policy === policy)?.ratios
      if (!known || !isWhole(ratios) || !isWhole(known)) return []
      const error = mean(ratios.map((ratio, i) => Math.abs(ratio - known[i])))
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

/**
 * Expected absolute error of the mean of independent parts, the mean over all capacities: √(2 ÷ π) × their standard
 * deviation ÷ √parts. Undefined where there are no parts, or not all of them.
 */
function errorOf(parts: readonly Curve[]): number | undefined {
  const known = parts.map(({ ratios }) => ratios).filter(isWhole)
  if (known.length < PARTS) return undefined
  return mean(
    known[0].map((_, i) => Math.sqrt((2 / Math.PI) * (variance(known.map((part) => part[i])) / (PARTS - 1)))),
  )
}

/** Whether a partial report lacks none of these ratios. */
const isWhole = (ratios: Curve['ratios']): ratios is readonly number[] =>
  ratios.every((ratio) => ratio !== null)
