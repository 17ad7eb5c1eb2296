import { type HashFunction, hashFunctions } from '../../hashing/index.js'
import type { KeySource, Progress } from '../../keys/index.js'
import { HashRing } from '../../placement/index.js'
import { createRandom } from '../../random/random.js'
import { type Columns, type FindingDraft, reportOf } from '../../report/build.js'
import { formatCount, formatFactor, formatRatio } from '../../report/format.js'
import type { Cell, Report } from '../../report/index.js'
import { spreadLaw } from '../../stats/keys-law.js'
import { expectedSpread } from '../../stats/ring-theory.js'
import { chiSquareQuantile, normalQuantile } from '../../stats/special.js'
import { spread, variance } from '../../stats/summary.js'
import { jointConfidence } from '../../stats/verdict.js'
import { countKeys } from './counting.js'
import { type KeyPattern, keyPatterns } from './key-patterns.js'
import { keyParameters, type RingSetup, readKeys, repeatedFinding } from './setup.js'

export interface HashesOptions extends Omit<RingSetup, 'hash'> {
  readonly keys: KeySource
  /** Whether to measure wall-clock speed; the report then differs from run to run. */
  readonly time: boolean
}

/** Keys of each pattern. */
const PATTERN_KEYS = 10_000
const AVALANCHE_KEYS = 500
/** Equal arcs over which clumping is measured. */
const ARCS = 64

/** Every hash on the same keys and on patterned ones: how even the ring is, and how well bits mix. */
export async function ringHashes(options: HashesOptions, progress?: Progress): Promise<Report> {
  const hashes = Object.values(hashFunctions)
  const positions = await readKeys(options.keys, hashes, progress)
  const patterns = keyPatterns(PATTERN_KEYS)
  const rows: Record<string, Cell>[] = []
  const patternRows: Record<string, Cell>[] = []
  for (const [i, hash] of hashes.entries()) {
    const ring = new HashRing(options.nodes, { vnodes: options.vnodes, hash, seed: options.seed })
    const { stddev, maxOverMean } = spread(await countKeys(ring, positions[i]))
    rows.push({
      hash: hash.name,
      bits: hash.bits,
      stddev,
      maxOverMean,
      clumping: clumping(positions[i], hash.bits),
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
      ...keyParameters(options.keys, positions[0].length),
      seed: options.seed ?? null,
    },
    tables: {
      hashes: { title: 'On the same keys', columns: hashColumns(options.time), rows },
      patterns: {
        title: `Clumping of ${formatCount(PATTERN_KEYS)} keys of a pattern: 1 is random, more is uneven`,
        columns: {
          hash: 'hash',
          ...Object.fromEntries(patterns.map(({ name, example }) => [name, [example, 'factor']] as const)),
        },
        rows: patternRows,
      },
    },
    findings: {
      repeated: repeatedFinding(options.keys, positions[0].length),
      balance: balanceFinding(rows, options, positions[0].length),
      avalanche: avalancheFinding(rows),
      patterns: patternFinding(patternRows, patterns),
    },
  })
}

/**
 * How unevenly hash values lie on the circle, in multiples of what is expected of random ones: √(χ² ÷ degrees
 * of freedom) over equal arcs. 1 is random, more is clumped, less is more regular than chance.
 */
function clumping(positions: Uint32Array, bits: number): number {
  const counts = new Uint32Array(ARCS)
  const shift = bits - Math.log2(ARCS)
  for (let i = 0; i < positions.length; i++) counts[positions[i] >>> shift]++
  const expected = positions.length / ARCS
  return Math.sqrt(variance(counts) / expected / (1 - 1 / ARCS))
}

/**
 * Flips every bit of the last four bytes of random keys and looks at the result: `avalanche` is the mean
 * share of output bits that change, ideally a half; `worstBit` is the share for the input and output bit that
 * are furthest from it.
 */
function avalanche({ hash, bits }: HashFunction, seed: number): { avalanche: number; worstBit: number } {
  const random = createRandom(seed, 'avalanche')
  const inputBits = 32
  const flips = new Uint32Array(inputBits * bits)
  const key = new Uint8Array(12)
  for (let n = 0; n < AVALANCHE_KEYS; n++) {
    for (let i = 0; i < key.length; i++) key[i] = random.below(256)
    const before = hash(key, 0, key.length)
    for (let bit = 0; bit < inputBits; bit++) {
      const byte = key.length - 1 - (bit >> 3)
      key[byte] ^= 1 << (bit & 7)
      const changed = before ^ hash(key, 0, key.length)
      key[byte] ^= 1 << (bit & 7)
      for (let out = 0; out < bits; out++) flips[bit * bits + out] += (changed >>> out) & 1
    }
  }
  const shares = Array.from(flips, (count) => count / AVALANCHE_KEYS)
  return {
    avalanche: shares.reduce((sum, share) => sum + share, 0) / shares.length,
    worstBit: shares.reduce(
      (worst, share) => (Math.abs(share - 0.5) > Math.abs(worst - 0.5) ? share : worst),
      0.5,
    ),
  }
}

/** Wall-clock time to hash a key of ten characters, the best of several rounds. */
function nanosecondsPerKey({ hash }: HashFunction): number {
  const keys = 100_000
  const bytes = new TextEncoder().encode('user:12345')
  let best = Infinity
  let sink = 0
  for (let round = 0; round < 8; round++) {
    const start = performance.now()
    for (let i = 0; i < keys; i++) {
      bytes[9] = 48 + (i % 10)
      sink ^= hash(bytes, 0, bytes.length)
    }
    best = Math.min(best, performance.now() - start)
  }
  return Number.isNaN(sink) ? sink : (best * 1e6) / keys
}

function balanceFinding(
  rows: readonly Record<string, Cell>[],
  { nodes, vnodes }: HashesOptions,
  keys: number,
): FindingDraft {
  const expected = expectedSpread(nodes.length, vnodes, keys)
  const { high } = spreadLaw(nodes.length, vnodes, keys).range(jointConfidence(rows.length))
  const weak = rows.filter((row) => Number(row.stddev) > high * (1 + 1e-9))
  return {
    text: `Balance: the root mean square of a good hash’s standard deviation is ${formatRatio(expected)} here, and 95% of rings have at most ${formatRatio(high)} (for all ${rows.length} hashes together). ${weak.length === 0 ? 'No hash has more on these keys.' : `Above it: ${weak.map((row) => `${row.hash} (${formatRatio(Number(row.stddev), 1)})`).join(', ')}.`}`,
    expected,
  }
}

function avalancheFinding(rows: readonly Record<string, Cell>[]): FindingDraft {
  // Each share is a binomial over 500 keys, and the worst of 32 input bits and as many output bits is judged.
  const limit = (normalQuantile(jointConfidence(rows.length * 32 * 32)) * 0.5) / Math.sqrt(AVALANCHE_KEYS)
  const poor = rows.filter((row) => Math.abs(Number(row.worstBit) - 0.5) > limit)
  return {
    text: `Avalanche: changing one bit of a key should flip every bit of the hash half of the time. ${poor.map((row) => row.hash).join(', ') || 'None'} ${poor.length === 1 ? 'fails' : 'fail'} this: some bit flips always, never, or far too rarely.`,
    measured: poor.length,
  }
}

function patternFinding(
  rows: readonly Record<string, Cell>[],
  patterns: readonly KeyPattern[],
): FindingDraft {
  // χ² ÷ degrees of freedom, over as many cells as the table has.
  const confidence = jointConfidence(rows.length * patterns.length)
  const clumped = Math.sqrt(chiSquareQuantile((1 - confidence) / 2, ARCS - 1) / (ARCS - 1))
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
