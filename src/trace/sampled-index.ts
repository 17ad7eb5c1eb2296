import { hashFunctions } from '../hashing/index.js'
import { finalize } from '../hashing/murmur3.js'
import { KeyIndex, UNSAMPLED } from './key-index.js'

/** Hashes are compared by this many values: 24 bits. */
const MODULUS = 2 ** 24
/** What a sample that is over its limit keeps of it, so that it needn't be renumbered at every new key. */
const KEPT = 7 / 8
const ZERO = 48
/** Parts of a sample that `partOf` tells apart, by the hash's highest bits. */
export const PARTS = 8

/** What a sample lost: the new number of each key by its old one, UNSAMPLED for one that is gone; new rate ÷ old. */
export interface Shrinkage {
  readonly numbers: Uint32Array
  readonly ratio: number
}

/**
 * Numbers a sample of the keys only, those whose hash is below a threshold; all others are UNSAMPLED. All requests of
 * a key are in the sample, or none is. With a limit, the threshold is lowered when the sample is larger than that.
 *
 * Waldspurger et al., "Efficient MRC Construction with SHARDS", FAST 2015, sections 3.2 and 3.3.
 */
export class SampledIndex extends KeyIndex {
  private threshold: number
  private kept = new KeyIndex()
  /** Hash and bytes of each key by its number; the bytes are needed only where there is a limit. */
  private hashes = new Uint32Array(1 << 10)
  private keys: Uint8Array[] = []
  private readonly digits = new Uint8Array(16)

  constructor(
    rate: number,
    readonly limit = Number.POSITIVE_INFINITY,
  ) {
    super()
    this.threshold = Math.max(1, Math.round(rate * MODULUS))
  }

  /** The share of keys that are sampled. */
  get rate(): number {
    return this.threshold / MODULUS
  }

  /** One of eight parts of the sample, 0 … 7, drawn by the key's hash. */
  partOf(number: number): number {
    return this.hashes[number] >>> 29
  }

  override number(source: Uint8Array, start: number, end: number): number {
    const hash = finalize(hashFunctions.fnv1a.hash(source, start, end))
    if (hash % MODULUS >= this.threshold) return UNSAMPLED
    const number = this.kept.number(source, start, end)
    // A copy: a Buffer's slice would keep all of the input's chunk.
    if (number === this.size) this.remember(hash, new Uint8Array(source.subarray(start, end)))
    return number
  }

  override numberOf(key: number): number {
    let start = this.digits.length
    for (let rest = key; start === this.digits.length || rest > 0; rest = Math.floor(rest / 10))
      this.digits[--start] = ZERO + (rest % 10)
    return this.number(this.digits, start, this.digits.length)
  }

  /** Lowers the threshold if there are more keys than the limit: to seven eighths of it. To be called between batches. */
  shrink(): Shrinkage | undefined {
    if (this.size <= this.limit) return undefined
    const { hashes, keys, size, rate } = this
    const ordered = hashes.slice(0, size).map((hash) => hash % MODULUS)
    this.threshold = Math.max(1, ordered.sort()[Math.floor(this.limit * KEPT)])
    this.kept = new KeyIndex()
    this.keys = []
    this.size = 0
    const numbers = new Uint32Array(size).fill(UNSAMPLED)
    for (let old = 0; old < size; old++) {
      if (hashes[old] % MODULUS >= this.threshold) continue
      numbers[old] = this.kept.number(keys[old], 0, keys[old].length)
      this.remember(hashes[old], keys[old])
    }
    return { numbers, ratio: this.rate / rate }
  }

  private remember(hash: number, key: Uint8Array): void {
    if (this.size === this.hashes.length) {
      const larger = new Uint32Array(2 * this.size)
      larger.set(this.hashes)
      this.hashes = larger
    }
    this.hashes[this.size++] = hash
    if (this.limit < Number.POSITIVE_INFINITY) this.keys.push(key)
  }
}
