import { type HashFunction, type HashName, hashFunctions, hashNames } from '../../hashing/index.js'
import { InputError } from '../../input-error.js'
import { type KeySource, type Progress, visitKeys } from '../../keys/index.js'
import { HashRing } from '../../placement/index.js'
import { type Columns, type FindingDraft, reportOf } from '../../report/build.js'
import { countOf, formatFactor, formatRatio } from '../../report/format.js'
import type { Cell, Figure, Report } from '../../report/report.js'
import { spreadLaw } from '../../stats/keys-law.js'
import { expectedSpread } from '../../stats/ring-theory.js'
import { spread } from '../../stats/summary.js'
import { jointConfidence } from '../../stats/verdict.js'
import { comparedBars } from '../bars.js'
import { addKeys } from './counting.js'
import { Arcs, avalanche, clumping, clumpingLimit, isAvalanche, nanosecondsPerKey } from './hash-measures.js'
import { type KeyPattern, keyPatterns } from './key-patterns.js'
import { keyParameters, type RingSetup, repeatedFinding } from './setup.js'

export interface HashesOptions extends Omit<RingSetup, 'hash'> {
  readonly keys: KeySource
  /** One beside ours. */
  readonly hash?: HashName | undefined
  /** Whether to measure wall-clock speed; the report then differs from run to run. */
  readonly time: boolean
}

/** Keys of each pattern. */
const PATTERN_KEYS = 10_000

/** Every hash on the same keys and on patterned ones: how even the ring is, and how well bits mix. */
export async function ringHashes(options: HashesOptions, progress?: Progress): Promise<Report> {
  const names = [...new Set([...hashNames, ...(options.hash ? [options.hash] : [])])]
  const hashes = names.map((name) => hashFunctions[name])
  const { keyCount, measured } = await measure(options, hashes, progress)
  const patterns = keyPatterns(PATTERN_KEYS)
  const rows: Record<string, Cell>[] = []
  const patternRows: Record<string, Cell>[] = []
  for (const [i, hash] of hashes.entries()) {
    const { counts, arcs } = measured[i]
    const { stddev, maxOverMean } = spread(counts)
    rows.push({
      hash: hash.name,
      bits: hash.bits,
      stddev,
      maxOverMean,
      clumping: arcs.clumping,
      ...avalanche(hash, options.seed ?? 1),
      ...(options.time ? { nanoseconds: nanosecondsPerKey(hash) } : {}),
      about: hash.about,
    })
    const cells = patterns.map((pattern) => [pattern.name, clumping(pattern.positions(hash), hash.bits)])
    patternRows.push({ hash: hash.name, ...Object.fromEntries(cells) })
  }
  return reportOf('ring hashes', {
    title: 'Hash functions on a ring',
    parameters: {
      nodes: options.nodes.length,
      vnodes: options.vnodes,
      ...keyParameters(options.keys, keyCount),
      seed: options.seed ?? null,
    },
    tables: {
      hashes: { title: 'On the same keys', columns: hashColumns(options.time), rows },
      patterns: {
        title: `Clumping of ${countOf(PATTERN_KEYS, 'key')} of a pattern: 1 is random, more is uneven`,
        columns: {
          hash: 'hash',
          ...Object.fromEntries(patterns.map(({ name, example }) => [name, [example, 'factor']] as const)),
        },
        rows: patternRows,
      },
    },
    figures: figuresOf(rows, patternRows, patterns, limitsOf(options, keyCount, rows.length)),
    findings: {
      repeated: repeatedFinding(options.keys, keyCount),
      balance: balanceFinding(rows, limitsOf(options, keyCount, rows.length)),
      avalanche: avalancheFinding(rows),
      patterns: patternFinding(patternRows, patterns),
    },
  })
}

/** The keys of each node on a ring with each hash, and on arcs. Keeps counts and no keys. */
async function measure(options: HashesOptions, hashes: readonly HashFunction[], progress?: Progress) {
  const { keys, nodes, vnodes, seed } = options
  const measured = hashes.map((hash) => ({
    ring: new HashRing(nodes, { vnodes, hash, seed }),
    counts: new Uint32Array(nodes.length),
    arcs: new Arcs(hash.bits),
  }))
  const functions = hashes.map(({ hash }) => hash)
  const see = (batch: readonly Uint32Array[]): void => {
    for (const [i, { ring, counts, arcs }] of measured.entries()) {
      addKeys(counts, ring, batch[i])
      arcs.add(batch[i])
    }
  }
  const keyCount = await visitKeys(keys, functions, see, progress)
  if (keyCount === 0) throw new InputError(`${keys.label} holds no keys`)
  return { keyCount, measured }
}

/** How far good hashes spread: their root mean square, and what 95% of rings have at most, for all hashes together. */
const limitsOf = ({ nodes, vnodes }: HashesOptions, keys: number, hashes: number) => ({
  expected: expectedSpread(nodes.length, vnodes, keys),
  high: spreadLaw(nodes.length, vnodes, keys).range(jointConfidence(hashes)).high,
})

/** The spread beside that of a good hash, the worst bits beside the half, and which hash is uneven on which keys. */
function figuresOf(
  rows: readonly Record<string, Cell>[],
  patternRows: readonly Record<string, Cell>[],
  patterns: readonly KeyPattern[],
  { expected, high }: ReturnType<typeof limitsOf>,
): Figure[] {
  const hashes = rows.map(({ hash }) => String(hash))
  return [
    ...comparedBars({
      title: 'Balance: standard deviation of keys per node ÷ mean',
      value: { label: 'standard deviation ÷ mean', unit: 'ratio' },
      categories: hashes,
      series: [{ name: 'standard deviation', values: rows.map(({ stddev }) => Number(stddev)) }],
      rules: [
        { at: expected, text: 'a good hash: root mean square' },
        { at: high, text: '95% of rings have at most' },
      ],
    }),
    ...comparedBars({
      title: 'Avalanche: how often one bit of a key flips the worst bit of the hash',
      value: { label: 'share of the changes', unit: 'ratio' },
      categories: hashes,
      series: [{ name: 'worst bit', values: rows.map(({ worstBit }) => Number(worstBit)) }],
      rules: [{ at: 0.5, text: 'a good hash: half of the time' }],
    }),
    {
      kind: 'heat',
      shownElsewhere: true,
      title: 'Clumping of keys of a pattern: 1 is random, more is uneven',
      value: { label: 'clumping', unit: 'factor' },
      rows: hashes,
      columns: patterns.map(({ example }) => example),
      values: patternRows.map((row) => patterns.map(({ name }) => Number(row[name]))),
    },
  ]
}

function balanceFinding(
  rows: readonly Record<string, Cell>[],
  { expected, high }: ReturnType<typeof limitsOf>,
): FindingDraft {
  const weak = rows.filter((row) => Number(row.stddev) > high * (1 + 1e-9))
  return {
    text: `Balance: the root mean square of a good hash’s standard deviation is ${formatRatio(expected)} here, and 95% of rings have at most ${formatRatio(high)} (for all ${rows.length} hashes together). ${weak.length === 0 ? 'No hash has more on these keys.' : `Above it: ${weak.map((row) => `${row.hash} (${formatRatio(Number(row.stddev), 1)})`).join(', ')}.`}`,
    expected,
  }
}

function avalancheFinding(rows: readonly Record<string, Cell>[]): FindingDraft {
  const poor = rows.filter((row) => !isAvalanche(Number(row.worstBit), rows.length))
  return {
    text: `Avalanche: changing one bit of a key should flip every bit of the hash half of the time. ${poor.map((row) => row.hash).join(', ') || 'None'} ${poor.length === 1 ? 'fails' : 'fail'} this: some bit flips always, never, or far too rarely.`,
    measured: poor.length,
  }
}

function patternFinding(
  rows: readonly Record<string, Cell>[],
  patterns: readonly KeyPattern[],
): FindingDraft {
  // Over as many cells as the table has.
  const clumped = clumpingLimit(rows.length * patterns.length)
  const failures = rows.flatMap((row) =>
    patterns
      .map(({ name, example }) => ({ hash: row.hash, example, by: Number(row[name]) }))
      .filter(({ by }) => by > clumped),
  )
  const worst = failures.sort((a, b) => b.by - a.by).slice(0, 3)
  const list = worst.map(({ hash, example, by }) => `${hash} on ${example} (${formatFactor(by)})`).join(', ')
  return {
    text:
      worst.length === 0
        ? 'Patterned keys: every hash spreads all of these patterns like random keys.'
        : `Patterned keys show the weak hashes, the worst first: ${list}. Keys that differ only in their last characters get neighbouring hashes from a function that doesn't mix.`,
    measured: failures.length,
  }
}

function hashColumns(time: boolean): Columns {
  return {
    hash: 'hash',
    bits: 'bits',
    stddev: ['std dev', 'ratio'],
    maxOverMean: ['max / mean', 'factor'],
    clumping: ['clumping', 'factor'],
    avalanche: ['bits flipped', 'ratio'],
    worstBit: ['worst bit', 'ratio'],
    nanoseconds: time && ['ns a key', 'count'],
    about: 'description',
  }
}
