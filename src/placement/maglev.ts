import { type HashFunction, hashFunctions, hashText } from '../hashing/index.js'
import { InputError } from '../input-error.js'
import { compareNames, HashedPlacement } from './placement.js'

const EMPTY = 0xffffffff

/** Options of Maglev hashing. */
export interface MaglevOptions {
  /** Default md5. */
  hash?: HashFunction
  /** Entries of the lookup table, a prime well above the number of nodes. Default 65537, the paper's. */
  tableSize?: number
  /** Salts the nodes' permutations. */
  seed?: number | undefined
}

/**
 * Maglev hashing: nodes take turns to claim entries of a table, each in the order of a permutation of its
 * own, until it is full. A lookup is one array access; nodes differ by at most one entry. A change of nodes
 * moves a few keys more than the least, and filling the table again costs O(M log M) expected.
 *
 * Eisenbud et al., "Maglev: A Fast and Reliable Software Network Load Balancer", NSDI 2016, section 3.4.
 *
 * @example
 * import { Maglev, type MaglevOptions } from 'cachelab/placement'
 * const options: MaglevOptions = { tableSize: 13 }
 * const maglev = new Maglev(['backend1', 'backend2', 'backend3'], options)
 * maglev.table // Uint32Array(13) [ 2, 1, 1, 0, 2, 2, 0, 0, 0, 2, 0, 1, 1 ]
 * maglev.locate('10.1.2.3:4567') // 'backend3'
 */
export class Maglev extends HashedPlacement {
  /** The index of the node of each entry; a key takes the entry hash mod size. */
  readonly table: Uint32Array
  private readonly seed: number | undefined

  constructor(nodes: readonly string[], options: MaglevOptions = {}) {
    super([...nodes].sort(compareNames), options.hash ?? hashFunctions.md5)
    this.seed = options.seed
    const tableSize = options.tableSize ?? 65537
    if (!isPrime(tableSize))
      throw new InputError(`maglev's table size must be a prime number, got ${tableSize}`)
    this.table = new Uint32Array(tableSize)
    this.fill()
  }

  get bytes(): number {
    return this.table.byteLength
  }

  owner(position: number): number {
    return this.table[position % this.table.length]
  }

  /** Further copies: the owners of the entries that follow. */
  owners(position: number, count: number): number[] {
    const found: number[] = []
    const wanted = Math.min(count, this.names.length)
    for (
      let entry = position % this.table.length;
      found.length < wanted;
      entry = (entry + 1) % this.table.length
    ) {
      if (!found.includes(this.table[entry])) found.push(this.table[entry])
    }
    return found
  }

  add(node: string): void {
    this.names = this.namesWith(node).sort(compareNames)
    this.fill()
  }

  remove(node: string): void {
    this.names.splice(this.indexToRemove(node), 1)
    this.fill()
  }

  private fill(): void {
    const { table, names } = this
    if (names.length > table.length) {
      throw new InputError(
        `maglev's table of ${table.length} entries holds at most as many nodes, got ${names.length}`,
      )
    }
    const salt = this.seed === undefined ? '' : `${this.seed}/`
    const hash = (label: string) => hashText(this.hash.hash, `${salt}${label}`)
    const next = names.map((name) => hash(`${name}#offset`) % table.length)
    const skips = names.map((name) => (hash(`${name}#skip`) % (table.length - 1)) + 1)
    table.fill(EMPTY)
    for (let filled = 0; filled < table.length; filled++) {
      const node = filled % names.length
      let entry = next[node]
      while (table[entry] !== EMPTY) entry = (entry + skips[node]) % table.length
      table[entry] = node
      next[node] = (entry + skips[node]) % table.length
    }
  }
}

function isPrime(value: number): boolean {
  if (!Number.isInteger(value) || value < 2) return false
  for (let divisor = 2; divisor * divisor <= value; divisor++) if (value % divisor === 0) return false
  return true
}
