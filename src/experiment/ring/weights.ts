import { hashFunctions } from '../../hashing/index.js'
import type { KeySource, Progress } from '../../keys/index.js'
import { HashRing } from '../../placement/index.js'
import { type Columns, type Findings, reportOf } from '../../report/build.js'
import { countOf, formatFactor, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { keysRange } from '../../stats/keys-law.js'
import type { Interval } from '../../stats/summary.js'
import { jointConfidence, verdictByLaw } from '../../stats/verdict.js'
import { expectedByLaw } from '../comparison.js'
import { countKeys } from './counting.js'
import { keyParameters, type RingSetup, readKeys, repeatedFinding } from './setup.js'

export interface WeightsOptions extends RingSetup {
  readonly keys: KeySource
  /** Weight by node, in the order of `nodes`. */
  readonly weights: readonly number[]
}

/** Nodes that are compared with the lightest. */
const MAX_RATIOS = 5

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
    const { low, high } = keysRange(positions.length, own, totalPoints, 0.95)
    return {
      node,
      weight: weights[i],
      vnodes: own,
      keys: held,
      share: held / positions.length,
      idealShare,
      low: low / positions.length,
      high: high / positions.length,
    }
  })
  return reportOf('ring weights', {
    title: `Weighted hashing of ${countOf(positions.length, 'key')}`,
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
      repeated: repeatedFinding(keys, positions.length),
      ...ratioFindings(rows),
      interval:
        'The intervals are the spread over rings: the number of keys of a node with v of T virtual nodes is beta-binomial with v and T − v, and its relative standard deviation is about √((1 − v/T) ÷ v). More virtual nodes narrow the interval.',
    },
  })
}

/** Each heavier node against the lightest. */
function ratioFindings(rows: readonly Row[]): Findings {
  const lightest = rows.reduce((least, row) => (row.weight < least.weight ? row : least))
  const heavier = rows.filter((row) => row.weight > lightest.weight).slice(0, MAX_RATIOS)
  if (lightest.keys === 0 && heavier.length > 0)
    return { ratio: `${lightest.node} holds no key: there is nothing to compare the others with.` }
  return Object.fromEntries(
    heavier.map((row) => {
      const ratio = verdictByLaw(
        row.keys / lightest.keys,
        row.weight / lightest.weight,
        ratioRange(row, lightest, jointConfidence(heavier.length)),
      )
      const text = `${row.node} holds ${formatFactor(ratio.measured)} the keys of ${lightest.node} (${formatRatio(row.share, 1)} against ${formatRatio(lightest.share, 1)}), ${expectedByLaw(ratio, 'factor', 'rings', heavier.length)}.`
      return [
        `ratio-${row.node}`,
        { text, measured: ratio.measured, expected: ratio.expected, ok: ratio.kind === 'agrees' },
      ]
    }),
  )
}

/** The range of the ratio of two nodes' keys: of the keys that the two hold, those of one are beta-binomial. */
function ratioRange(a: Row, b: Row, confidence: number): Interval {
  const keys = a.keys + b.keys
  const { low, high } = keysRange(keys, a.vnodes, a.vnodes + b.vnodes, confidence)
  return { low: low / (keys - low), high: high / (keys - high) }
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
