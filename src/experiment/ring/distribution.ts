import { hashFunctions } from '../../hashing/index.js'
import type { KeySource, Progress } from '../../keys/index.js'
import { isOwn } from '../../own-name.js'
import { BoundedRing, keyHash, placements } from '../../placement/index.js'
import { type Columns, type FindingDraft, reportOf } from '../../report/build.js'
import { countOf, formatCount, formatFactor, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import type { BarFigure } from '../../report/report.js'
import { keysRange, spreadLaw } from '../../stats/keys-law.js'
import { expectedSpread } from '../../stats/ring-theory.js'
import { type Spread, spread } from '../../stats/summary.js'
import { jointConfidence } from '../../stats/verdict.js'
import { comparedBars } from '../bars.js'
import { countKeys, countOwners, ownersOf } from './counting.js'
import { type Requests, simulateLoad } from './load.js'
import { build, type PlacementSetup, parametersOf, readKeys, repeatedFinding } from './setup.js'

export interface DistributionOptions extends PlacementSetup {
  readonly keys: KeySource
  /** Requests to send to the keys, to measure load beside keys. */
  readonly requests?: Requests | undefined
}

/**
 * How a placement spreads keys, and with requests their load, over nodes. O(keys + requests); four bytes a
 * key, eight with requests.
 */
export async function ringDistribution(options: DistributionOptions, progress?: Progress): Promise<Report> {
  const { keys, requests, nodes } = options
  // Bounded loads need the number of keys; where it is known the nodes come first, and their labels warm the hash up.
  const early = keys.count === null ? undefined : build(options, keys.count)
  const [positions] = await readKeys(
    keys,
    [keyHash(options.placement, hashFunctions[options.hash], [nodes.length])],
    progress,
  )
  const placed = early ?? build(options, positions.length)
  const owners = requests && (await ownersOf(placed, positions))
  const counts = owners ? countOwners(owners, nodes.length) : await countKeys(placed, positions)
  const received = owners && (await simulateLoad(owners, nodes.length, requests, options.seed ?? 1))
  const rows = nodes.map((node): Row => {
    const index = placed.nodes.indexOf(node)
    return { node, keys: counts[index], requests: received?.[index] ?? null }
  })
  const ideal = positions.length / nodes.length
  const keySpread = spread(counts)
  const loadSpread = received && spread(received)
  return reportOf('ring', {
    title: `How ${countOf(positions.length, 'key')} spread over ${countOf(nodes.length, 'node')}`,
    parameters: {
      ...parametersOf(options, keys, positions.length),
      ...(requests ? { workload: requests.workload, requests: requests.count } : {}),
    },
    tables: {
      distribution: {
        title: 'Keys per node',
        columns: { ...keyColumns, ...(received && loadColumns) },
        rows: rows.map((row) => ({
          node: row.node,
          keys: row.keys,
          share: row.keys / positions.length,
          deviation: row.keys / ideal - 1,
          ...(requests ? { requests: row.requests, load: row.requests! / requests.count } : {}),
        })),
      },
      spread: {
        title: 'Balance',
        shownElsewhere: true,
        columns: spreadColumns,
        rows: [
          { of: 'keys', ...spreadCells(keySpread), expectedStddev: theory(options, positions.length) },
          ...(loadSpread ? [{ of: 'requests', ...spreadCells(loadSpread), expectedStddev: null }] : []),
        ],
      },
    },
    figures: sharesFigure(options, rows, positions.length, requests?.count),
    findings: {
      repeated: repeatedFinding(keys, positions.length),
      balance: balanceFinding(options, positions.length, keySpread),
      bound: placed instanceof BoundedRing && boundFinding(placed.bound, counts),
      load: requests && loadFinding(rows, positions.length, requests),
    },
  })
}

interface Row {
  readonly node: string
  readonly keys: number
  readonly requests: number | null
}

/** Shares of the nodes beside a fair one, and where 95 % of them lie by the law of one node. */
function sharesFigure(
  setup: PlacementSetup,
  rows: readonly Row[],
  keys: number,
  requests: number | undefined,
): BarFigure[] {
  const nodes = rows.length
  const points = pointsOf(setup)
  const { low, high } = keysRange(
    keys,
    points === Infinity ? 1 / nodes : (points ?? 1),
    (points ?? 1) * nodes,
    0.95,
  )
  return comparedBars({
    title: requests === undefined ? 'Keys of each node' : 'Keys and requests of each node',
    value: { label: 'share', unit: 'ratio' },
    categories: rows.map(({ node }) => node),
    series: [
      { name: 'keys', values: rows.map((row) => row.keys / keys) },
      ...(requests === undefined
        ? []
        : [{ name: 'requests', values: rows.map((row) => row.requests! / requests) }]),
    ],
    rules: [{ at: 1 / nodes, text: 'a fair share' }],
    ...(points !== null && {
      band: { low: low / keys, high: high / keys, text: '95% of the shares of keys' },
    }),
  })
}

const keyColumns: Columns = {
  node: 'node',
  keys: ['keys', 'count', 'bar'],
  share: ['share', 'ratio'],
  deviation: ['from ideal', 'ratio', 'signed'],
}

const loadColumns: Columns = { requests: ['requests', 'count'], load: ['load', 'ratio'] }

const spreadColumns: Columns = {
  of: 'of',
  stddev: ['std dev', 'ratio'],
  expectedStddev: ['expected', 'ratio'],
  maxOverMean: ['max / mean', 'factor'],
  within: ['all within ±', 'ratio'],
}

function spreadCells(measured: Spread) {
  return { stddev: measured.stddev, maxOverMean: measured.maxOverMean, within: measured.maxDeviation }
}

/** The standard deviation that theory gives, ÷ mean; null where it has no simple formula. */
function theory(setup: PlacementSetup, keys: number): number | null {
  const points = pointsOf(setup)
  return setup.nodes.length === 1 || points === null ? null : expectedSpread(setup.nodes.length, points, keys)
}

/** Points of each node on a ring; Infinity for a perfect placement, null where theory has no formula. */
function pointsOf({ placement, nodes, vnodes }: PlacementSetup): number | null {
  const { points } = placements[placement]
  return points ? points(nodes.length, vnodes) : Infinity
}

function balanceFinding(options: PlacementSetup, keys: number, measured: Spread): FindingDraft {
  const expected = theory(options, keys)
  const summary = `Balance: all nodes are within ±${formatRatio(measured.maxDeviation)} of a fair share; the fullest holds ${formatFactor(measured.maxOverMean)} a fair share.`
  const points = pointsOf(options)
  if (expected === null || points === null) return { text: summary, measured: measured.stddev }
  const isRing = points < Infinity
  const law = spreadLaw(options.nodes.length, points, keys)
  const { low, high } = law.range(0.95)
  const cause = isRing
    ? points === 1
      ? 'with one virtual node a node'
      : `with ${formatCount(points)} virtual nodes a node`
    : 'with a perfect placement of random keys'
  const isUneven = measured.stddev > high * (1 + 1e-9)
  if (isOwn(options.placement))
    return {
      text: `${summary} The standard deviation is ${formatRatio(measured.stddev)} of the mean. With a perfect placement of random keys its root mean square is ${formatRatio(expected)}; on a ring with ${countOf(options.vnodes, 'virtual node')} a node it is ${formatRatio(expectedSpread(options.nodes.length, options.vnodes, keys))}.`,
      measured: measured.stddev,
      expected,
    }
  const chance = Math.max(law.tail(measured.stddev), 1e-6)
  const verdict = isUneven
    ? ` With a hash that spreads these keys evenly, a deviation as large has a probability of ${chance === 1e-6 ? 'less than 0.000001' : chance.toPrecision(1)}.`
    : ''
  return {
    text: `${summary} The standard deviation is ${formatRatio(measured.stddev)} of the mean; ${cause} its root mean square is ${formatRatio(expected)}, and 95% of ${isRing ? 'rings' : 'key lists'} lie between ${formatRatio(low)} and ${formatRatio(high)}.${verdict}`,
    measured: measured.stddev,
    expected,
    ok: !isUneven,
  }
}

function boundFinding(bound: number, counts: Uint32Array): FindingDraft {
  const most = counts.reduce((a, b) => Math.max(a, b))
  return {
    text: `Bound: the fullest node holds ${countOf(most, 'key')}; at most ${formatCount(bound)} are allowed.`,
    measured: most,
    expected: bound,
  }
}

/** The node whose share of the requests is furthest from its share of the keys. */
function loadFinding(rows: readonly Row[], keys: number, { workload, count }: Requests): FindingDraft {
  const shares = rows.map(({ node, keys: held, requests }) => ({
    node,
    keys: held / keys,
    load: requests! / count,
  }))
  // Requests drawn evenly over the keys are binomial at each node.
  const confidence = jointConfidence(rows.length)
  const uneven = shares.filter(({ keys: held, load }) => {
    const { low, high } = keysRange(count, held, Infinity, confidence)
    return load * count < low || load * count > high
  })
  const far = (uneven.length > 0 ? uneven : shares).reduce((a, b) =>
    Math.abs(b.load - b.keys) > Math.abs(a.load - a.keys) ? b : a,
  )
  const numbers = `${far.node} holds ${formatRatio(far.keys, 1)} of the keys and gets ${formatRatio(far.load, 1)} of the requests`
  return {
    text:
      uneven.length > 0
        ? `Balanced keys are not balanced load: ${numbers}. Under ${workload} a few hot keys dominate, and no placement can split a key.`
        : `Load follows the keys: ${numbers}, the largest difference of all nodes, and not more than chance (95% for all nodes together).`,
    measured: far.load,
    expected: far.keys,
  }
}
