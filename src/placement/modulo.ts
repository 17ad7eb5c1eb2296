import { type HashFunction, hashFunctions } from '../hashing/index.js'
import { compareNames, HashedPlacement } from './placement.js'

/**
 * hash(key) mod N: perfectly fair, but almost every key moves when N changes. From N to M nodes a key stays if hash mod
 * N = hash mod M: the share min(N, M) ÷ lcm(N, M). Nodes are numbered by name, whatever order they come in. Lookup
 * O(1).
 */
export class Modulo extends HashedPlacement {
  readonly bytes = 0

  constructor(nodes: readonly string[], hash: HashFunction = hashFunctions.md5) {
    super([...nodes].sort(compareNames), hash)
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
