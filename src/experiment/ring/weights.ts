import { hashFunctions } from '../../hashing/index.js'
import type { KeySource, Progress } from '../../keys/index.js'
import { HashRing } from '../../placement/index.js'
import { type Columns, type Findings, reportOf } from '../../report/build.js'
import { formatCount, formatFactor, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { keysDeviation } from '../../stats/ring-theory.js'
import { Z95 } from '../../stats/summary.js'
import { countKeys } from './counting.js'
import { keyParameters, type RingSetup, readKeys } from './setup.js'

export interface WeightsOptions extends RingSetup {
  readonly keys: KeySource
  /** Weight by node, in the order of `nodes`. */
  readonly weights: readonly number[]
}

interface Row {
  readonly node: string
  readonly weight: number
  readonly vnodes: number
  readonly keys: number
  readonly share: number
  readonly idealShare: number
  readonly low: number
  readonly high: number
}

/** Weighted hashing: a node of twice the weight has twice the virtual nodes and should get twice the keys. */
export async function ringWeights(options: WeightsOptions, progress?: Progress): Promise<Report> {
  const { nodes, weights, vnodes, keys } = options
  const hash = hashFunctions[options.hash]
  const [positions] = await readKeys(keys, [hash], progress)
  const byName = Object.fromEntries(nodes.map((node, i) => [node, weights[i]]))
  const ring = new HashRing(nodes, { vnodes, hash, seed: options.seed, weights: byName })
  const counts = await countKeys(ring, positions)
  const totalWeight = weights.reduce((sum, weight) => sum + weight, 0)
  const totalPoints = nodes.reduce((sum, node) => sum + ring.virtualNodes(node), 0)
  const rows = nodes.map((node, i): Row => {
    const own = ring.virtualNodes(node)
    const held = counts[ring.nodes.indexOf(node)]
    const idealShare = weights[i] / totalWeight
    const half = Z95 * keysDeviation(own, totalPoints, positions.length) * (own / totalPoints)
    return {
      node,
      weight: weights[i],
      vnodes: own,
      keys: held,
      share: held / positions.length,
      idealShare,
      low: Math.max(0, own / totalPoints - half),
      high: Math.min(1, own / totalPoints + half),
    }
  })
  return reportOf('ring weights', {
    title: `Weighted hashing of ${formatCount(positions.length)} keys`,
    parameters: {
      ...keyParameters(keys, positions.length),
      vnodes,
      hash: options.hash,
      seed: options.seed ?? null,
    },
    tables: {
      weights: {
        title: 'Keys by weight, with the shares between which 95% of rings lie',
        columns,
        rows: rows.map((row) => ({ ...row, deviation: row.share / row.idealShare - 1 })),
      },
    },
    findings: {
      ...ratioFindings(rows),
      interval: `The intervals are the spread over rings: the relative standard deviation of a share is about √((1 − v/T) ÷ v) with v of T virtual nodes. More virtual nodes narrow the interval.`,
    },
  })
}

/** Each heavier node against the lightest. */
function ratioFindings(rows: readonly Row[]): Findings {
  const lightest = rows.reduce((least, row) => (row.weight < least.weight ? row : least))
  const heavier = rows.filter((row) => row.weight > lightest.weight).slice(0, 5)
  return Object.fromEntries(
    heavier.map((row) => {
      const measured = row.keys / lightest.keys
      const expected = row.weight / lightest.weight
      const half = Z95 * ratioDeviation(row, lightest) * expected
      const text = `${row.node} holds ${formatFactor(measured)} the keys of ${lightest.node}, expected ${expected.toPrecision(3).replace(/\.?0+$/, '')} ± ${half.toFixed(2)} (${formatRatio(row.share, 1)} against ${formatRatio(lightest.share, 1)}).`
      return [`ratio-${row.node}`, { text, measured, expected, ok: Math.abs(measured - expected) <= half }]
    }),
  )
}

/**
 * Relative standard deviation of the ratio of two nodes' keys: their arcs are independent gamma variables up
 * to a common factor, with relative variance 1 ÷ virtual nodes each; keys add 1 ÷ their number (delta method).
 */
function ratioDeviation(a: Row, b: Row): number {
  return Math.sqrt(1 / a.vnodes + 1 / b.vnodes + 1 / a.keys + 1 / b.keys)
}

const columns: Columns = {
  node: 'node',
  weight: 'weight',
  vnodes: ['virtual nodes', 'count'],
  keys: ['keys', 'count', 'bar'],
  share: ['share', 'ratio'],
  idealShare: ['ideal', 'ratio'],
  low: ['95% from', 'ratio'],
  high: ['to', 'ratio'],
  deviation: ['from ideal', 'ratio', 'signed'],
}
