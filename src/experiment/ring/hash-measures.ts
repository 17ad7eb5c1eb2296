import type { HashFunction } from '../../hashing/index.js'
import { createRandom } from '../../random/random.js'
import { chiSquareQuantile, normalQuantile } from '../../stats/special.js'
import { variance } from '../../stats/summary.js'
import { jointConfidence } from '../../stats/verdict.js'

/** How good a hash is, in numbers. */

const AVALANCHE_KEYS = 500
/** Equal arcs over which clumping is measured. */
const ARCS = 64

/**
 * How unevenly hash values lie on the circle, in multiples of what is expected of random ones: √(χ² ÷ degrees
 * of freedom) over equal arcs. 1 is random, more is clumped, less is more regular than chance.
 */
export function clumping(positions: Uint32Array, bits: number): number {
  const arcs = new Arcs(bits)
  arcs.add(positions)
  return arcs.clumping
}

/** How many hash values lie on each arc, for lists that come in parts. */
export class Arcs {
  private readonly counts = new Uint32Array(ARCS)
  private readonly shift: number
  private keys = 0

  constructor(bits: number) {
    this.shift = bits - Math.log2(ARCS)
  }

  add(positions: Uint32Array): void {
    const { counts, shift } = this
    for (let i = 0; i < positions.length; i++) counts[positions[i] >>> shift]++
    this.keys += positions.length
  }

  /** See `clumping`. */
  get clumping(): number {
    return Math.sqrt(variance(this.counts) / (this.keys / ARCS) / (1 - 1 / ARCS))
  }
}

/**
 * Flips every bit of the last four bytes of random keys and looks at the result: `avalanche` is the mean
 * share of output bits that change, ideally a half; `worstBit` is the share for the input and output bit that
 * are furthest from it.
 */
export function avalanche(
  { hash, bits }: HashFunction,
  seed: number,
): { avalanche: number; worstBit: number } {
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
export function nanosecondsPerKey({ hash }: HashFunction): number {
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

/** Whether a worst bit may be chance: of 32 input bits and as many output bits, each a binomial over the keys, of `hashes`. */
export function isAvalanche(worstBit: number, hashes: number): boolean {
  const limit = (normalQuantile(jointConfidence(hashes * 32 * 32)) * 0.5) / Math.sqrt(AVALANCHE_KEYS)
  return Math.abs(worstBit - 0.5) <= limit
}

/** The most clumping that is chance, where that many are judged together: from χ² ÷ degrees of freedom. */
export function clumpingLimit(judged: number): number {
  return Math.sqrt(chiSquareQuantile((1 - jointConfidence(judged)) / 2, ARCS - 1) / (ARCS - 1))
}
