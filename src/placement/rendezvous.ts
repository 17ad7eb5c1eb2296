import { type HashFunction, hashFunctions, hashText } from '../hashing/index.js'
import { finalize } from '../hashing/murmur3.js'
import { compareNames, HashedPlacement } from './placement.js'

/** Options of rendezvous hashing. */
export interface RendezvousOptions {
  /** Default md5. */
  hash?: HashFunction
  /** Salts the nodes' hashes. */
  seed?: number | undefined
}

/**
 * Rendezvous or highest random weight hashing: every node draws a number for the key, the highest owns it,
 * the next ones hold its copies. Fair, the least possible movement, no table; but a lookup asks every node:
 * O(N). The number is the hash of the key mixed with the hash of the node.
 *
 * Thaler and Ravishankar, "Using Name-Based Mappings to Increase Hit Rates", IEEE/ACM ToN 6(1), 1998.
 *
 * @example
 * import { Rendezvous, type RendezvousOptions } from 'cachelab/placement'
 * const options: RendezvousOptions = { seed: 1 }
 * const rendezvous = new Rendezvous(['cache1', 'cache2', 'cache3'], options)
 * rendezvous.replicas('user:1001', 3) // [ 'cache3', 'cache2', 'cache1' ]
 * rendezvous.remove(rendezvous.locate('user:1001'))
 * // The second choice is the owner now.
 * const owner = rendezvous.locate('user:1001')
 * owner // 'cache2'
 */
export class Rendezvous extends HashedPlacement {
  private readonly seed: number | undefined
  private salts: Uint32Array

  constructor(nodes: readonly string[], options: RendezvousOptions = {}) {
    super([...nodes].sort(compareNames), options.hash ?? hashFunctions.md5)
    this.seed = options.seed
    this.salts = this.salted()
  }

  get bytes(): number {
    return this.salts.byteLength
  }

  owner(position: number): number {
    const { salts } = this
    let best = 0
    let highest = -1
    for (let node = 0; node < salts.length; node++) {
      const score = finalize(position ^ salts[node])
      if (score > highest) {
        highest = score
        best = node
      }
    }
    return best
  }

  owners(position: number, count: number): number[] {
    const scores = Array.from(this.salts, (salt) => finalize(position ^ salt))
    return scores
      .map((_, node) => node)
      .sort((a, b) => scores[b] - scores[a] || a - b)
      .slice(0, count)
  }

  add(node: string): void {
    this.names = this.namesWith(node).sort(compareNames)
    this.salts = this.salted()
  }

  remove(node: string): void {
    this.names.splice(this.indexToRemove(node), 1)
    this.salts = this.salted()
  }

  private salted(): Uint32Array {
    return Uint32Array.from(this.names, (name) =>
      finalize(hashText(this.hash.hash, this.seed === undefined ? name : `${this.seed}/${name}`)),
    )
  }
}
