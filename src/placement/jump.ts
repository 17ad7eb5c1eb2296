import { type HashFunction, hashFunctions } from '../hashing/index.js'
import { finalize } from '../hashing/murmur3.js'
import { InputError } from '../input-error.js'
import { HashedPlacement } from './placement.js'

const MULTIPLIER_HIGH = 0x27bb2ee6
const MULTIPLIER_LOW = 0x87b0b0fd
const HALF = 0x10000

/** The high 32 bits of the product of two unsigned 32-bit numbers. */
function multiplyHigh(a: number, b: number): number {
  const lowA = a & 0xffff
  const highA = a >>> 16
  const lowB = b & 0xffff
  const highB = b >>> 16
  const middle = highA * lowB + ((lowA * lowB) >>> 16)
  const carry = lowA * highB + (middle % HALF)
  return highA * highB + Math.floor(middle / HALF) + Math.floor(carry / HALF)
}

/**
 * The bucket, 0 … buckets − 1, of a key (an unsigned 32-bit hash, taken as the 64-bit key of the paper).
 * Jumps forward through the bucket counts at which the key would move: O(log buckets) expected, no memory.
 */
export function jumpHash(key: number, buckets: number): number {
  let high = 0
  let low = key >>> 0
  let bucket = -1
  for (let next = 0; next < buckets; ) {
    bucket = next
    // key = key × 2862933555777941757 + 1, modulo 2⁶⁴, in two halves of 32 bits.
    high =
      (multiplyHigh(low, MULTIPLIER_LOW) +
        Math.imul(high, MULTIPLIER_LOW) +
        Math.imul(low, MULTIPLIER_HIGH)) >>>
      0
    low = (Math.imul(low, MULTIPLIER_LOW) + 1) >>> 0
    if (low === 0) high = (high + 1) >>> 0
    next = Math.floor((bucket + 1) * (2 ** 31 / ((high >>> 1) + 1)))
  }
  return bucket
}

/**
 * Jump consistent hash: no table at all, near-perfect balance, the least possible movement. The price: nodes
 * are numbers, so only the last one can be added or removed, and the list's order is part of the placement.
 *
 * Lamping and Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm", 2014.
 *
 * @example
 * import { JumpHash } from 'cachelab/placement'
 * const jump = new JumpHash(['shard0', 'shard1', 'shard2'])
 * jump.locate('user:1001') // 'shard1'
 * jump.bytes // 0
 * jump.add('shard3')
 * jump.locate('user:1001') // 'shard1'
 */
export class JumpHash extends HashedPlacement {
  readonly bytes = 0

  constructor(nodes: readonly string[], hash: HashFunction = hashFunctions.md5) {
    super(nodes, hash)
  }

  owner(position: number): number {
    return jumpHash(position, this.names.length)
  }

  /** Further copies: the key hashed again until it jumps to a node that has none yet. */
  owners(position: number, count: number): number[] {
    const found: number[] = []
    const wanted = Math.min(count, this.names.length)
    for (let attempt = position; found.length < wanted; attempt = finalize(attempt + 1)) {
      const node = this.owner(attempt)
      if (!found.includes(node)) found.push(node)
    }
    return found
  }

  add(node: string): void {
    this.names = this.namesWith(node)
  }

  remove(node: string): void {
    const index = this.indexToRemove(node)
    const last = this.names.length - 1
    if (index !== last) {
      throw new InputError(`jump can remove only its last node, "${this.names[last]}", not "${node}"`)
    }
    this.names.pop()
  }
}
