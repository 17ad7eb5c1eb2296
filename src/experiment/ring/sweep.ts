import { hashFunctions } from '../../hashing/index.js'
import type { KeySource, Progress } from '../../keys/index.js'
import { divide } from '../../parallel/division.js'
import { HashRing } from '../../placement/index.js'
import { type Columns, reportOf } from '../../report/build.js'
import { countOf, formatBytes, formatCount, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { spreadLaw } from '../../stats/keys-law.js'
import { expectedSpread } from '../../stats/ring-theory.js'
import { mean, meanInterval, type Spread } from '../../stats/summary.js'
import { jointConfidence, verdictByLaw } from '../../stats/verdict.js'
import { comparisonFinding } from '../comparison.js'
import { sharedKeys } from './keys-fact.js'
import { bySize, chunksOf, type Seeds, SpreadRunner, seedsFrom } from './seeds.js'
import { keyParameters, type RingSetup, repeatedFinding } from './setup.js'

export interface SweepOptions extends Omit<RingSetup, 'vnodes'> {
  readonly keys: KeySource
  /** The numbers of virtual nodes to try. */
  readonly vnodes: readonly number[]
  /** Rings to build for each number. */
  readonly runs: number
}

/** Balance and memory against the number of virtual nodes, over many rings. Uses all cores. */
export async function ringSweep(options: SweepOptions, progress?: Progress): Promise<Report> {
  const { nodes, runs } = options
  const { rows, keys, keyCount } = await measure(options, progress)
  const [first, last] = [rows[0], rows[rows.length - 1]]
  const floor = expectedSpread(nodes.length, Infinity, keyCount)
  return reportOf('ring sweep', {
    title: `Balance of ${countOf(nodes.length, 'node')} against the number of virtual nodes`,
    parameters: {
      nodes: nodes.length,
      ...keyParameters(keys, keyCount),
      hash: options.hash,
      seed: options.seed ?? 1,
      runs,
    },
    tables: {
      sweep: { title: runs === 1 ? 'One ring each' : `Over ${formatCount(runs)} rings each`, columns, rows },
    },
    figures: [
      {
        kind: 'curves',
        title: 'Standard deviation of keys per node ÷ mean',
        x: { label: 'virtual nodes a node', unit: 'count', log: true },
        y: { label: 'standard deviation', unit: 'ratio', log: true },
        series: [
          {
            name: 'measured',
            points: rows.map(({ vnodes, stddev, low, high }) =>
              low === null || high === null
                ? ([vnodes, stddev] as const)
                : ([vnodes, stddev, low, high] as const),
            ),
          },
          { name: 'expected', points: rows.map((row) => [row.vnodes, row.expectedStddev] as const) },
        ],
        rules: [{ at: floor, text: 'a perfect placement' }],
      },
    ],
    findings: {
      repeated: repeatedFinding(keys, keyCount),
      theory: comparisonFinding({
        subject: 'Theory (√((N − 1) ÷ (N·V + 1)), together with the chance of the keys)',
        things: 'measured deviations',
        unit: 'ratio',
        cases: rows.map(({ vnodes, stddev, expectedStddev }) => {
          const law = spreadLaw(nodes.length, vnodes, keyCount, runs)
          const range = law.range(jointConfidence(rows.length))
          return {
            name: `${countOf(vnodes, 'virtual node')}`,
            ...verdictByLaw(stddev, expectedStddev, range),
          }
        }),
      }),
      price: {
        text: `Balance costs memory: from ${formatCount(first.vnodes)} to ${countOf(last.vnodes, 'virtual node')} the deviation goes from ${formatRatio(first.stddev)} to ${formatRatio(last.stddev)}, and the ring from ${formatBytes(first.bytes)} to ${formatBytes(last.bytes)}. Apart from the chance of the keys, the deviation falls with the square root, here by √(${formatCount(last.vnodes)} ÷ ${formatCount(first.vnodes)}) = ${Math.sqrt(last.vnodes / first.vnodes).toFixed(2)}: half of it takes four times the memory.`,
        measured: last.stddev,
        expected: last.expectedStddev,
      },
      floor: {
        text: `No number of virtual nodes goes below ${formatRatio(floor)}: that is the deviation of ${formatCount(keyCount)} random keys over equal arcs.`,
        expected: floor,
      },
    },
  })
}

async function measure(options: SweepOptions, progress?: Progress) {
  const { nodes, runs } = options
  const vnodes = [...options.vnodes].sort((a, b) => a - b)
  const hash = hashFunctions[options.hash]
  const { keys, total, positions } = await sharedKeys(options.keys, hash, progress)
  const seeds = seedsFrom(options.seed ?? 1, runs)
  const done = await divide<Seeds, Spread[][]>({
    name: 'rings',
    inputs: chunksOf(seeds),
    progress,
    run: (chunks, done) => {
      const runner = new SpreadRunner({ nodes, hash: options.hash }, seeds, positions!)
      return runner.spreads(vnodes, chunks, done).finally(() => runner.close())
    },
  })
  const spreads = bySize(
    vnodes,
    done.flatMap(({ result }) => result),
  )
  const rows = vnodes.map((count, i) => ({
    vnodes: count,
    ...summarize(spreads[i], nodes.length),
    expectedStddev: expectedSpread(nodes.length, count, total),
    bytes: new HashRing(nodes, { vnodes: count, hash }).bytes,
  }))
  return { rows, keys, keyCount: total }
}

function summarize(spreads: readonly Spread[], nodes: number) {
  // Variances average to the theory's; standard deviations don't, they come out too small with few nodes.
  const squares = spreads.map((spread) => spread.stddev ** 2)
  const interval = meanInterval(squares)
  const single = spreads.length < 2
  return {
    stddev: Math.sqrt(mean(squares)),
    low: single ? null : Math.sqrt(Math.max(0, interval.low)),
    high: single ? null : Math.sqrt(interval.high),
    minShare: mean(spreads.map((spread) => spread.minOverMean)) / nodes,
    maxShare: mean(spreads.map((spread) => spread.maxOverMean)) / nodes,
    maxDeviation: mean(spreads.map((spread) => spread.maxDeviation)),
  }
}

const columns: Columns = {
  vnodes: ['virtual nodes', 'count'],
  stddev: ['std dev', 'ratio'],
  low: ['95% from', 'ratio'],
  high: ['to', 'ratio'],
  expectedStddev: ['expected', 'ratio'],
  minShare: ['min share', 'ratio'],
  maxShare: ['max share', 'ratio'],
  maxDeviation: ['max deviation', 'ratio'],
  bytes: ['ring memory', 'bytes'],
}
