import { type HashFunction, hashFunctions, hashText, residue } from '../hashing/index.js'
import { compareNames, HashedPlacement } from './placement.js'

/**
 * hash(key) mod N: perfectly fair, but almost every key moves when N changes. From N to M nodes a key stays if hash mod
 * N = hash mod M: the share min(N, M) ÷ lcm(N, M). The hash is the whole digest, as one number, where it has more than
 * 32 bits. Nodes are numbered by name, whatever order they come in. Lookup O(1).
 *
 * `owner` takes any number that has the same remainder: `moduloHash` makes such.
 *
 * @example
 * import { Modulo } from 'cachelab/placement'
 * const keys = Array.from({ length: 1000 }, (_, i) => `key-${i}`)
 * const [three, four] = [new Modulo(['a', 'b', 'c']), new Modulo(['a', 'b', 'c', 'd'])]
 * // Three of four keys move when a fourth node comes.
 * const moved = keys.filter((key) => three.locate(key) !== four.locate(key)).length
 * moved // 762
 */
export class Modulo extends HashedPlacement {
  readonly bytes = 0

  constructor(nodes: readonly string[], hash: HashFunction = hashFunctions.md5) {
    super([...nodes].sort(compareNames), hash)
  }

  override position(key: string): number {
    return hashText(residue(this.hash, this.names.length), key)
  }

  /** The number that is divided: a digest in hexadecimal digits, a hash of 32 bits as itself. */
  hashOf(key: string): number | string {
    const { hash, digest } = this.hash
    if (!digest) return hashText(hash, key)
    let text = ''
    hashText((bytes, start, end) => {
      text = Buffer.from(digest(bytes, start, end).buffer).toString('hex')
      return 0
    }, key)
    return text
  }

  owner(position: number): number {
    return position % this.names.length
  }

  owners(position: number, count: number): number[] {
    return this.successors(this.owner(position), count)
  }

  add(node: string): void {
    this.names = this.namesWith(node).sort(compareNames)
  }

  remove(node: string): void {
    this.names.splice(this.indexToRemove(node), 1)
  }
}

/**
 * A hash whose values have the remainders of the whole digest modulo each of these numbers of nodes. Their product must
 * be below 2³².
 */
export function moduloHash(hash: HashFunction, counts: readonly number[]): HashFunction {
  const modulus = counts.reduce((product, count) => product * count)
  return hash.digest ? { ...hash, hash: residue(hash, modulus) } : hash
}

/** `moduloHash` for any numbers of nodes: a hash for each, and the same one for as many as fit together. */
export function moduloHashes(hash: HashFunction, counts: readonly number[]): HashFunction[] {
  const hashes = new Map<number, HashFunction>()
  let group: number[] = []
  let product = 1
  for (const count of new Set(counts)) {
    product *= count
    if (product >= 2 ** 32) [group, product] = [[], count]
    group.push(count)
    const shared = moduloHash(hash, group)
    for (const member of group) hashes.set(member, shared)
  }
  return counts.map((count) => hashes.get(count)!)
}
