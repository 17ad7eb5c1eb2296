import { type HashFunction, hashText } from '../hashing/index.js'
import { InputError } from '../input-error.js'

/**
 * Decides which node owns a key.
 *
 * @example
 * import { HashRing, Modulo, type Placement } from 'cachelab/placement'
 * const placements: Placement[] = [new HashRing(['a', 'b', 'c']), new Modulo(['a', 'b', 'c'])]
 * // Memory of the lookup structure, in bytes.
 * const sizes = placements.map(({ bytes }) => bytes)
 * sizes // [ 5652, 0 ]
 */
export interface Placement {
  /** The nodes' names, in the order that indices refer to. */
  readonly nodes: readonly string[]
  /** How keys are hashed before they are placed. */
  readonly hash: HashFunction
  /** Size of the lookup structure, without the nodes' names. */
  readonly bytes: number
  /** The node that owns a key. Throws InputError where there is no node. */
  locate(key: string): string
  /** The owner first, then the distinct nodes that hold copies: `count` names, or all nodes if there are fewer. */
  replicas(key: string, count: number): string[]
  /** A key hashed for `owner`, `owners` and `place`; it holds until nodes change. */
  position(key: string): number
  /** Index of the node that owns a hashed key. Allocates nothing. */
  owner(position: number): number
  /** Indices of the owner and of the next distinct nodes. */
  owners(position: number, count: number): number[]
  /** Like `owner`, but a placement that counts its keys (bounded loads) counts this one. */
  place(position: number): number
  /** The hash of a key as it is shown, where that isn't `position`. */
  hashOf?(key: string): number | string
  /** The point of a ring that takes a key: its label, or where it stands. */
  pointOf?(key: string): string
  /** Throws InputError if the node is there already, or can't be added. */
  add(node: string): void
  /** Throws InputError if the node isn't there, or can't go. */
  remove(node: string): void
}

/**
 * The order in which nodes are numbered, whoever came first: shorter names before longer ones, then by
 * UTF-16 code unit. So node-Z comes before node-AA and cache9 before cache10.
 */
export function compareNames(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)
}

/** Throws InputError unless the names can be nodes: at least one, none empty, none twice. */
export function checkNames(names: readonly string[]): void {
  if (names.length === 0) throw new InputError('a placement needs at least one node')
  const seen = new Set<string>()
  for (const name of names) {
    if (name === '') throw new InputError('a node needs a name that is not empty')
    if (seen.has(name)) throw new InputError(`node "${name}" is named twice`)
    seen.add(name)
  }
}

/** What all placements share: strings in and out around an algorithm on hashes and indices. */
export abstract class HashedPlacement implements Placement {
  protected names: string[]

  constructor(
    nodes: readonly string[],
    readonly hash: HashFunction,
  ) {
    checkNames(nodes)
    this.names = [...nodes]
  }

  get nodes(): readonly string[] {
    return this.names
  }

  abstract readonly bytes: number
  abstract owner(position: number): number
  abstract owners(position: number, count: number): number[]
  abstract add(node: string): void
  abstract remove(node: string): void

  place(position: number): number {
    return this.owner(position)
  }

  position(key: string): number {
    return hashText(this.hash.hash, key)
  }

  locate(key: string): string {
    return this.names[this.owner(this.position(key))]
  }

  replicas(key: string, count: number): string[] {
    return this.owners(this.position(key), count).map((node) => this.names[node])
  }

  /** The names with one more. Throws InputError if it is there already. */
  protected namesWith(node: string): string[] {
    const names = [...this.names, node]
    checkNames(names)
    return names
  }

  /** A node's index. Throws InputError if it isn't there, or is the last one. */
  protected indexToRemove(node: string): number {
    const index = this.names.indexOf(node)
    if (index < 0) throw new InputError(`there is no node "${node}" (nodes: ${this.names.join(', ')})`)
    if (this.names.length === 1) throw new InputError(`"${node}" is the only node and can't be removed`)
    return index
  }

  /** `count` nodes from `first` on, in the order of their indices and around. */
  protected successors(first: number, count: number): number[] {
    const nodes = this.names.length
    return Array.from({ length: Math.min(count, nodes) }, (_, i) => (first + i) % nodes)
  }
}
