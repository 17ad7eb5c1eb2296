import { hashFunctions } from '../../hashing/index.js'
import { InputError } from '../../input-error.js'
import type { KeySource, Progress } from '../../keys/index.js'
import { HashRing, keyHash, type PlacementName, placementNames, placements } from '../../placement/index.js'
import { type Columns, type Findings, reportOf } from '../../report/build.js'
import { countOf, formatFactor, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { keysRange } from '../../stats/keys-law.js'
import type { Interval } from '../../stats/summary.js'
import { jointConfidence, verdictByLaw } from '../../stats/verdict.js'
import { comparedBars } from '../bars.js'
import { expectedByLaw } from '../comparison.js'
import { countKeys } from './counting.js'
import { build, type PlacementSetup, parametersOf, readKeys, repeatedFinding } from './setup.js'

export interface WeightsOptions extends Omit<PlacementSetup, 'weights'> {
  readonly keys: KeySource
  /** Weight by node, in the order of `nodes`. */
  readonly weights: readonly number[]
}

/** Nodes that are compared with the lightest. */
const MAX_RATIOS = 5

interface Row {
  readonly node: string
  readonly weight: number
  readonly keys: number
  readonly share: number
  readonly idealShare: number
  /** Its virtual nodes on a ring of ours, and the shares between which 95% of such rings lie. */
  readonly law: { readonly vnodes: number; readonly low: number; readonly high: number } | undefined
}

/**
 * Weighted hashing: a node of twice the weight should get twice the keys. Of our ring, whose virtual nodes are random,
 * theory says how far from that it is. Throws InputError for a placement that takes no weights.
 */
export async function ringWeights(options: WeightsOptions, progress?: Progress): Promise<Report> {
  const { weights, keys, ...setup } = options
  const { nodes, placement: name } = setup
  if (!weighted(name))
    throw new InputError(
      `--placement ${name} takes no weights; these do: ${placementNames.filter(weighted).join(', ')}`,
    )
  const hash = keyHash(name, hashFunctions[options.hash], [nodes.length])
  const [positions] = await readKeys(keys, [hash], progress)
  const byName = Object.fromEntries(nodes.map((node, i) => [node, weights[i]]))
  const placement = build({ ...setup, weights: byName }, positions.length)
  const counts = await countKeys(placement, positions)
  const totalWeight = weights.reduce((sum, weight) => sum + weight, 0)
  const rows = nodes.map((node, i): Row => {
    const held = counts[placement.nodes.indexOf(node)]
    return {
      node,
      weight: weights[i],
      keys: held,
      share: held / positions.length,
      idealShare: weights[i] / totalWeight,
      law: placement instanceof HashRing ? lawOf(placement, node, positions.length) : undefined,
    }
  })
  const isOurs = placement instanceof HashRing
  return reportOf('ring weights', {
    title: `Weighted hashing of ${countOf(positions.length, 'key')}`,
    parameters: {
      ...parametersOf(setup, keys, positions.length),
    },
    tables: {
      weights: {
        title: `Keys by weight${isOurs ? ', with the shares between which 95% of rings lie' : ''}`,
        columns: columnsOf(isOurs),
        rows: rows.map(({ law, ...row }) => ({ ...row, ...law, deviation: row.share / row.idealShare - 1 })),
      },
    },
    figures: comparedBars({
      title: 'Keys by weight',
      value: { label: 'share', unit: 'ratio' },
      categories: nodes,
      series: [
        { name: 'keys', values: rows.map(({ share }) => share) },
        {
          name: isOurs ? 'weight, with 95% of rings' : 'weight',
          values: rows.map(({ idealShare }) => idealShare),
          intervals: rows.map(({ law }) => (law ? ([law.low, law.high] as const) : null)),
        },
      ],
    }),
    findings: {
      repeated: repeatedFinding(keys, positions.length),
      ...ratioFindings(rows),
      interval: isOurs
        ? 'The intervals are the spread over rings: the number of keys of a node with v of T virtual nodes is beta-binomial with v and T − v, and its relative standard deviation is about √((1 − v/T) ÷ v). More virtual nodes narrow the interval.'
        : `The expected shares are those of the weights. There is no interval: the formula holds for random virtual nodes as on --placement ring, not for ${name}.`,
    },
  })
}

const weighted = (name: PlacementName): boolean => placements[name].uses.includes('weights')

/** Of a node with v of a ring's T virtual nodes, the shares of the keys between which 95% of such rings lie. */
function lawOf(ring: HashRing, node: string, keys: number): Row['law'] {
  const total = ring.nodes.reduce((sum, name) => sum + ring.virtualNodes(name), 0)
  const vnodes = ring.virtualNodes(node)
  const { low, high } = keysRange(keys, vnodes, total, 0.95)
  return { vnodes, low: low / keys, high: high / keys }
}

/** Each heavier node against the lightest. */
function ratioFindings(rows: readonly Row[]): Findings {
  const lightest = rows.reduce((least, row) => (row.weight < least.weight ? row : least))
  const heavier = rows.filter((row) => row.weight > lightest.weight).slice(0, MAX_RATIOS)
  if (lightest.keys === 0 && heavier.length > 0)
    return { ratio: `${lightest.node} holds no key: there is nothing to compare the others with.` }
  return Object.fromEntries(
    heavier.map((row) => {
      const [measured, expected] = [row.keys / lightest.keys, row.weight / lightest.weight]
      const range = ratioRange(row, lightest, jointConfidence(heavier.length))
      const ratio = range && verdictByLaw(measured, expected, range)
      const wanted = ratio
        ? expectedByLaw(ratio, 'factor', 'rings', heavier.length)
        : `expected ${formatFactor(expected)}`
      const text = `${row.node} holds ${formatFactor(measured)} the keys of ${lightest.node} (${formatRatio(row.share, 1)} against ${formatRatio(lightest.share, 1)}), ${wanted}.`
      return [
        `ratio-${row.node}`,
        { text, measured, expected, ...(ratio && { ok: ratio.kind === 'agrees' }) },
      ]
    }),
  )
}

/** The range of the ratio of two nodes' keys: of the keys that the two hold, those of one are beta-binomial. */
function ratioRange(a: Row, b: Row, confidence: number): Interval | undefined {
  if (!a.law || !b.law) return undefined
  const keys = a.keys + b.keys
  const { low, high } = keysRange(keys, a.law.vnodes, a.law.vnodes + b.law.vnodes, confidence)
  return { low: low / (keys - low), high: high / (keys - high) }
}

const columnsOf = (isOurs: boolean): Columns => ({
  node: 'node',
  weight: 'weight',
  vnodes: isOurs && ['virtual nodes', 'count'],
  keys: ['keys', 'count', 'bar'],
  share: ['share', 'ratio'],
  idealShare: ['ideal', 'ratio'],
  low: isOurs && ['95% from', 'ratio'],
  high: isOurs && ['to', 'ratio'],
  deviation: ['from ideal', 'ratio', 'signed'],
})
