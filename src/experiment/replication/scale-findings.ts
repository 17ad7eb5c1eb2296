import type { Findings } from '../../report/build.js'
import { countOf, formatCount, formatRatio } from '../../report/format.js'
import type { BarFigure } from '../../report/report.js'
import { keysRange } from '../../stats/keys-law.js'
import { verdictByLaw } from '../../stats/verdict.js'
import { comparedBars } from '../bars.js'
import { expectedByLaw } from '../comparison.js'
import type { HistorySetup } from './history.js'

export interface ScaleOptions extends Omit<HistorySetup, 'faults' | 'duration' | 'readRatio' | 'ttl'> {
  /** Requests before the change, and as many after it. */
  readonly requests: number
}

/** One change under one placement. */
export interface ScaleChange {
  readonly placement: string
  readonly change: string
  readonly isWarmed: boolean
  readonly moved: number
  readonly before: number
  readonly misses: number
  readonly after: number
  readonly copied: number
  /** Milliseconds until the last miss that the change caused. */
  readonly lasted: number
}

/** How many keys move with each placement, and what warming saves. */
export function scaleFigures({ nodes, keys }: ScaleOptions, outcomes: readonly ScaleChange[]): BarFigure[] {
  const [cold, warmed] = [false, true].map((isWarmed) => outcomes.filter((one) => one.isWarmed === isWarmed))
  const categories = cold.map(({ placement, change }) => `${placement} ${change}`)
  return [
    ...comparedBars({
      title: 'Keys that move',
      value: { label: 'share of the keys', unit: 'ratio' },
      categories,
      series: [{ name: 'moved', values: cold.map(({ moved }) => moved / keys) }],
      rules: [{ at: 1 / (nodes.length + 1), text: '1 ÷ (N + 1): the least on average when a node joins' }],
    }),
    ...comparedBars({
      title: 'Misses after the change',
      value: { label: 'misses', unit: 'count' },
      categories,
      series: [
        { name: 'without warming', values: cold.map(({ misses }) => misses) },
        { name: 'warmed', values: warmed.map(({ misses }) => misses) },
      ],
    }),
  ]
}

/** What to conclude from the changes. */
export function scaleFindings(options: ScaleOptions, outcomes: readonly ScaleChange[]): Findings {
  const find = (placement: string, isJoin: boolean, isWarmed: boolean) =>
    outcomes.find(
      (o) => o.placement === placement && o.change.startsWith('+') === isJoin && o.isWarmed === isWarmed,
    )!
  const nodes = options.nodes.length
  const ring = find(options.placement, true, false)
  const modulo = find('modulo', true, false)
  const warm = find(options.placement, true, true)
  const fair = 1 / (nodes + 1)
  const isRing = options.placement === 'ring'
  const name = isRing ? 'the ring' : options.placement
  const { low, high } = keysRange(options.keys, options.vnodes, options.vnodes * (nodes + 1), 0.95)
  const moved = verdictByLaw(ring.moved / options.keys, fair, {
    low: low / options.keys,
    high: high / options.keys,
  })
  return {
    moved: {
      text: `When a node joins, ${name} moves ${formatRatio(moved.measured, 1)} of the keys, ${isRing ? expectedByLaw(moved, 'ratio', 'rings') : `at least ${formatRatio(fair, 1)} on average`}: 1 ÷ (N + 1). Modulo moves ${formatRatio(modulo.moved / options.keys, 1)}, all but 1 in ${nodes + 1}.`,
      measured: moved.measured,
      expected: fair,
      ...(isRing ? { ok: moved.kind === 'agrees' } : {}),
    },
    misses: {
      text: `Each key that moved misses once when it is requested: ${countOf(ring.misses, 'miss', 'misses')} with ${name}, ${formatCount(modulo.misses)} with modulo. Every miss is a read from the database.`,
      measured: ring.misses,
      ...(options.workload === 'uniform' && options.capacity === undefined && options.replicas === 1
        ? { expected: ring.moved * (1 - (1 - 1 / options.keys) ** options.requests) }
        : {}),
    },
    warming: {
      text: `Warming copies ${countOf(warm.copied, 'key')} to the new node before it joins, and leaves ${countOf(warm.misses, 'miss', 'misses')} instead of ${formatCount(ring.misses)}.`,
      measured: warm.misses,
      ok: warm.misses <= ring.misses,
    },
  }
}
