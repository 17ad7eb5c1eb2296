import type { HashFunction } from '../hashing/index.js'
import { InputError } from '../input-error.js'
import { HashedPlacement } from './placement.js'
import { MAX_POINTS } from './ring.js'
import { RingPoints } from './ring-points.js'

/** Weight by node name; 1 where there is none. */
export type Weights = Readonly<Record<string, number>>

/**
 * The ring of a program that people run. Its own rule says where the points of a node are; the rest is what those
 * programs share: a key belongs to the first point at or after its own, and copies are on the next distinct nodes
 * clockwise. A change of nodes builds the ring anew, O(points); a lookup is O(1) expected.
 */
export abstract class ProgramRing extends HashedPlacement {
  protected points!: RingPoints
  private readonly weights: Map<string, number>

  /** A subclass calls `build` once its own fields are set. */
  constructor(nodes: readonly string[], hash: HashFunction, weights: Weights = {}) {
    super(nodes, hash)
    this.weights = new Map(Object.entries(weights))
  }

  /** The largest weight that the program takes. */
  protected readonly maxWeight: number = 2 ** 31 - 1

  /** How many points each node has. */
  protected abstract counts(weights: readonly number[]): number[]
  /** Writes the positions of a node's points, of which `start` are the points of the nodes before it. */
  protected abstract putPoints(node: number, out: Uint32Array, start: number): void

  /** Throws InputError for a weight that the program doesn't take, and for too many points. */
  protected build(): void {
    const counts = this.counts(this.names.map((name) => this.weight(name)))
    const total = counts.reduce((sum, count) => sum + count, 0)
    if (total > MAX_POINTS)
      throw new InputError(`the points of all nodes must be at most ${MAX_POINTS}, got ${total}`)
    const positions = new Uint32Array(total)
    const owners = new Uint32Array(total)
    let start = 0
    for (const [node, count] of counts.entries()) {
      this.putPoints(node, positions.subarray(start, start + count), start)
      owners.fill(node, start, start + count)
      start += count
    }
    this.points = this.sorted(positions, owners)
  }

  /** The points as they are searched: those at one position in the order of their nodes. */
  protected sorted(positions: Uint32Array, owners: Uint32Array): RingPoints {
    return RingPoints.sorted(positions, owners, 32)
  }

  private weight(name: string): number {
    const weight = this.weights.get(name) ?? 1
    if (Number.isInteger(weight) && weight >= 1 && weight <= this.maxWeight) return weight
    const accepted = this.maxWeight < 2 ** 31 - 1 ? `from 1 to ${this.maxWeight}` : 'of at least 1'
    throw new InputError(`the weight of "${name}" must be a whole number ${accepted}, got ${weight}`)
  }

  get bytes(): number {
    return this.points.bytes
  }

  /** Points of each node. */
  get pointCounts(): Uint32Array {
    const counts = new Uint32Array(this.names.length)
    for (const owner of this.points.owners) counts[owner]++
    return counts
  }

  /** The point that takes a hashed key, as an index. */
  protected pointAt(position: number): number {
    return position === 0 ? 0 : this.points.after(position - 1)
  }

  pointOf(key: string): string {
    return String(this.points.positions[this.pointAt(this.position(key))])
  }

  owner(position: number): number {
    return this.points.owners[this.pointAt(position)]
  }

  owners(position: number, count: number): number[] {
    return this.ownersFrom(this.pointAt(position), count)
  }

  /** The owner of a point, and of the next points, each node once. */
  protected ownersFrom(first: number, count: number): number[] {
    const { owners, size } = this.points
    const found = new Set<number>()
    for (let i = 0; i < size && found.size < count; i++) found.add(owners[(first + i) % size])
    return [...found]
  }

  add(node: string): void {
    this.names = this.namesWith(node)
    this.build()
  }

  remove(node: string): void {
    this.names.splice(this.indexToRemove(node), 1)
    this.build()
  }
}
