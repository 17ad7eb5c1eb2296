import type { Progress } from '../../keys/index.js'
import { divide } from '../../parallel/division.js'
import { type FindingDraft, reportOf } from '../../report/build.js'
import { countOf, formatNumber, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import type { Unit } from '../../report/report.js'
import type { TiersRun } from './run.js'
import { runAll } from './run-all.js'
import type { DesignName, TiersSetup } from './setup.js'
import { parametersOf } from './tiers.js'

interface Sweep {
  readonly label: string
  readonly unit: Unit
  /** The setting's name in a report. */
  readonly parameter: string
  readonly values: readonly number[]
  apply(setup: TiersSetup, value: number): TiersSetup
}

/** The settings that can be varied: how each changes a setup, and its default values. */
export const sweeps = {
  servers: {
    label: 'servers',
    parameter: 'servers',
    unit: 'count',
    values: [1, 2, 4, 8, 16, 32],
    apply: (setup: TiersSetup, servers: number): TiersSetup => ({ ...setup, servers }),
  },
  'write-ratio': {
    label: 'writes',
    parameter: 'writeRatio',
    unit: 'ratio',
    values: [0, 0.01, 0.05, 0.1, 0.2, 0.5],
    apply: (setup: TiersSetup, writeRatio: number): TiersSetup => ({ ...setup, writeRatio }),
  },
  latency: {
    label: 'hop',
    parameter: 'hop',
    unit: 'ms',
    values: [0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    apply: (setup: TiersSetup, hop: number): TiersSetup => ({ ...setup, hop }),
  },
} as const satisfies Record<string, Sweep>

export type SweepName = keyof typeof sweeps
export const sweepNames = Object.keys(sweeps) as SweepName[]

/** The designs whose latencies are compared for a crossover. */
const compared = [
  { design: 'local-messages', key: 'local', label: 'local' },
  { design: 'distributed', key: 'distributed', label: 'distributed' },
  { design: 'two-tier', key: 'both', label: 'two-tier' },
] as const

interface Point {
  readonly value: number
  readonly runs: readonly TiersRun[]
}

/** The designs at several values of one setting, and the value where the faster one changes. O(values × requests). */
export async function sweepTiers(
  setup: TiersSetup,
  name: SweepName,
  values: readonly number[],
  progress?: Progress,
): Promise<Report> {
  const { label, unit } = sweeps[name]
  const points = await measure(setup, name, values, progress)
  return reportOf('tiers', {
    title: 'Local or distributed: crossover of the mean latencies',
    parameters: { sweep: name, ...parametersOf(setup), [sweeps[name].parameter]: null },
    tables: {
      sweep: {
        title: 'Mean latency, hit ratio and stale reads',
        columns: {
          value: [label, unit],
          localLatency: ['local', 'ms'],
          distributedLatency: ['distributed', 'ms'],
          bothLatency: ['two-tier', 'ms'],
          localHits: ['local hits', 'ratio'],
          distributedHits: ['distributed hits', 'ratio'],
          bothHits: ['two tiers hits', 'ratio', 'detail'],
          localStale: ['local stale', 'ratio'],
          bothStale: ['two tiers stale', 'ratio', 'detail'],
          fastest: 'fastest',
        },
        rows: points.map(({ value, runs }) => ({
          value,
          ...Object.fromEntries(
            compared.flatMap(({ key }, i) => [
              [`${key}Latency`, runs[i].meanLatency],
              [`${key}Hits`, runs[i].hitRatio],
              [`${key}Stale`, runs[i].staleShare],
            ]),
          ),
          fastest: fastestOf(runs),
        })),
      },
    },
    figures: [
      {
        kind: 'curves',
        title: 'Mean latency of a read',
        x: { label, ...(name === 'write-ratio' ? { unit } : { log: true as const }) },
        y: { label: 'latency', unit: 'ms' },
        series: compared.map(({ label: name }, i) => ({
          name,
          points: points.map(({ value, runs }) => [value, runs[i].meanLatency] as const),
        })),
      },
    ],
    findings: {
      crossover: crossover(name, points),
      stale: staleness(points),
    },
  })
}

/** The design with the least mean latency; null where nothing was read. */
function fastestOf(runs: readonly TiersRun[]): string | null {
  const latencies = runs.map(({ meanLatency }) => meanLatency ?? Infinity)
  const least = Math.min(...latencies)
  return least === Infinity ? null : compared[latencies.indexOf(least)].label
}

async function measure(setup: TiersSetup, name: SweepName, values: readonly number[], progress?: Progress) {
  const { apply } = sweeps[name]
  const done = await divide<{ value: number; design: DesignName }, TiersRun>({
    name: 'runs',
    inputs: values.flatMap((value) => compared.map(({ design }) => ({ value, design }))),
    progress,
    run: (some, done) =>
      runAll(
        some.map(({ value, design }) => ({ setup: apply(setup, value), design })),
        done,
      ),
  })
  return values
    .map((value) => ({
      value,
      runs: done.filter(({ input }) => input.value === value).map(({ result }) => result),
    }))
    .filter(({ runs }) => runs.length === compared.length)
}

/** The value where the sign of the latency difference changes, by linear interpolation between two values. */
function crossover(name: SweepName, all: readonly Point[]): FindingDraft {
  const { label, unit } = sweeps[name]
  const points = all.filter(hasReads)
  if (points.length === 0) return 'No crossover: no read came at any value tried.'
  const gaps = points.map(({ runs: [local, shared] }) => local.meanLatency! - shared.meanLatency!)
  if (gaps.every((gap) => gap === 0)) return 'No crossover here: both are equally fast at every value tried.'
  const at = gaps.findIndex((gap, i) => i > 0 && gap > 0 !== gaps[i - 1] > 0)
  if (at < 0)
    return `No crossover here: ${gaps[0] > 0 ? 'the distributed cache is' : 'local caches are'} faster at every value tried.`
  const [left, right] = [points[at - 1].value, points[at].value]
  const value = left + ((right - left) * gaps[at - 1]) / (gaps[at - 1] - gaps[at])
  return {
    text: `The crossover lies at about ${name === 'servers' ? `${countOf(value, 'server')}` : `${formatNumber(value, unit)} (${label})`}, between ${formatNumber(left, unit)} and ${formatNumber(right, unit)}: below it ${gaps[at - 1] > 0 ? 'the distributed cache is' : 'local caches are'} faster on average, above it ${gaps[at] > 0 ? 'the distributed cache is' : 'local caches are'}.`,
    measured: value,
  }
}

const hasReads = ({ runs }: Point) => runs.every(({ meanLatency }) => meanLatency !== null)

function staleness(all: readonly Point[]): FindingDraft | false {
  const shares = all.filter(hasReads).map(({ runs: [local] }) => local.staleShare!)
  if (shares.length === 0) return false
  const [first, last] = [shares[0], shares[shares.length - 1]]
  return {
    text: `Stale reads: local caches go from ${formatRatio(first)} to ${formatRatio(last)} despite invalidation messages; the distributed cache has almost none.`,
    measured: last,
  }
}
