import { type HashFunction, hashFunctions, hashText } from '../hashing/index.js'
import { InputError } from '../input-error.js'
import { NumberedText } from '../keys/index.js'
import { compareNames, HashedPlacement } from './placement.js'
import { RingPoints } from './ring-points.js'

/** The most virtual nodes that a ring takes, over all its nodes. */
export const MAX_POINTS = 10_000_000

/** Owners that are looked through for each further one; more are marked. */
const MAX_SCANNED = 16

/** Options of a ring. */
export interface RingOptions {
  /** Virtual nodes of a node of weight 1. Default 150. */
  vnodes?: number
  /** Default md5. */
  hash?: HashFunction
  /** Weight by node name; 1 where there is none. A node of weight w has round(w × vnodes) virtual nodes. */
  weights?: Readonly<Record<string, number>> | undefined
  /** Another seed, another ring. Without one the ring is the lesson's. */
  seed?: number | undefined
}

/**
 * Consistent hashing: nodes and keys stand on a circle of hash values, and a key belongs to the first node
 * clockwise. Each node stands at many places, its virtual nodes, so that the arcs even out.
 *
 * Virtual node `i` of node `n` stands at the hash of `n#vi`; a key belongs to the first position greater
 * than its own. With a seed `s` the label is `s/n#vi`. Building hashes every label and sorts by radix; a
 * lookup is O(1) expected; adding or removing a node is one pass over the points.
 *
 * Karger et al., "Consistent Hashing and Random Trees", STOC 1997.
 *
 * @example
 * import { HashRing, type RingOptions } from 'cachelab/placement'
 * const options: RingOptions = { vnodes: 200 }
 * const ring = new HashRing(['cache1', 'cache2', 'cache3'], options)
 * ring.locate('user:1001') // 'cache1'
 * ring.replicas('user:1001', 2) // [ 'cache1', 'cache2' ]
 * ring.remove('cache1')
 * // Its keys go to the next node clockwise, where the copies are.
 * const owner = ring.locate('user:1001')
 * owner // 'cache2'
 */
export class HashRing extends HashedPlacement {
  /** Virtual nodes of a node of weight 1. */
  readonly vnodes: number
  protected readonly seed: number | undefined
  private readonly weights: Map<string, number>
  /** Positions by a node's name in the order of its labels, for nodes whose labels were asked for. */
  private readonly labelled = new Map<string, Uint32Array>()
  private points: RingPoints

  constructor(nodes: readonly string[], options: RingOptions = {}) {
    super([...nodes].sort(compareNames), options.hash ?? hashFunctions.md5)
    this.vnodes = options.vnodes ?? 150
    this.seed = options.seed
    if (!Number.isInteger(this.vnodes) || this.vnodes < 1) {
      throw new InputError(`vnodes must be a whole number of at least 1, got ${this.vnodes}`)
    }
    this.weights = new Map(Object.entries(options.weights ?? {}))
    const counts = this.names.map((name) => this.virtualNodes(name))
    const total = counts.reduce((sum, count) => sum + count, 0)
    this.checkSize(total)
    const positions = new Uint32Array(total)
    const owners = new Uint32Array(total)
    let start = 0
    for (const [node, count] of counts.entries()) {
      this.hashLabels(this.names[node], positions.subarray(start, start + count))
      owners.fill(node, start, start + count)
      start += count
    }
    this.points = RingPoints.sorted(positions, owners, this.hash.bits)
  }

  get bytes(): number {
    return this.points.bytes
  }

  /** Every virtual node clockwise from position 0: where it stands and which node's it is. */
  get layout(): { readonly positions: Uint32Array; readonly owners: Uint32Array } {
    return this.points
  }

  /** How many virtual nodes a node of this name has. */
  virtualNodes(name: string): number {
    const weight = this.weights.get(name) ?? 1
    if (!(weight > 0 && Number.isFinite(weight))) {
      throw new InputError(`the weight of "${name}" must be greater than 0, got ${weight}`)
    }
    return Math.max(1, Math.round(weight * this.vnodes))
  }

  owner(position: number): number {
    return this.points.owners[this.points.after(position)]
  }

  owners(position: number, count: number): number[] {
    const { points } = this
    const found: number[] = []
    const wanted = Math.min(count, this.names.length)
    const seen = wanted > MAX_SCANNED ? new Uint8Array(this.names.length) : undefined
    for (let i = points.after(position); found.length < wanted; i = i + 1 === points.size ? 0 : i + 1) {
      const owner = points.owners[i]
      if (seen ? seen[owner] : found.includes(owner)) continue
      if (seen) seen[owner] = 1
      found.push(owner)
    }
    return found
  }

  /**
   * The label of the virtual node that a key lands on. Its owner's labels are hashed again, once an owner: four bytes
   * a virtual node from then on, and a look through those of the owner for each key.
   */
  pointOf(key: string): string {
    const point = this.points.after(hashText(this.hash.hash, key))
    const name = this.names[this.points.owners[point]]
    let positions = this.labelled.get(name)
    if (!positions) {
      positions = new Uint32Array(this.virtualNodes(name))
      this.hashLabels(name, positions)
      this.labelled.set(name, positions)
    }
    return `${labelPrefix(name, this.seed)}${positions.indexOf(this.points.positions[point])}`
  }

  add(node: string, weight = 1): void {
    const names = this.namesWith(node).sort(compareNames)
    this.weights.set(node, weight)
    const positions = new Uint32Array(this.virtualNodes(node))
    this.checkSize(this.points.size + positions.length)
    this.hashLabels(node, positions)
    this.points = this.points.withNode(names.indexOf(node), positions)
    this.names = names
  }

  remove(node: string): void {
    const index = this.indexToRemove(node)
    this.points = this.points.withoutNode(index)
    this.names.splice(index, 1)
    this.weights.delete(node)
    this.labelled.delete(node)
  }

  /** First point clockwise from a position, for rings that walk on from there. */
  protected pointAfter(position: number): number {
    return this.points.after(position)
  }

  /** Owner of a point, counted around the ring. */
  protected ownerOfPoint(point: number): number {
    return this.points.owners[point % this.points.size]
  }

  private hashLabels(name: string, out: Uint32Array): void {
    const label = virtualNodeLabels(name, this.seed)
    const { hash } = this.hash
    for (let i = 0; i < out.length; i++) {
      out[i] = hash(label.bytes, 0, label.end)
      label.advance()
    }
  }

  private checkSize(points: number): void {
    if (points > MAX_POINTS) {
      throw new InputError(`nodes × virtual nodes must be at most ${MAX_POINTS}, got ${points}`)
    }
  }
}

function labelPrefix(name: string, seed: number | undefined): string {
  return seed === undefined ? `${name}#v` : `${seed}/${name}#v`
}

/** The labels of a node's virtual nodes, one after the other. */
export function virtualNodeLabels(name: string, seed: number | undefined): NumberedText {
  return new NumberedText(labelPrefix(name, seed))
}
