import { InputError } from '../input-error.js'
import { HashRing, type RingOptions } from './ring.js'

/** Options of a ring with bounded loads. */
export interface BoundedOptions extends RingOptions {
  /** How many keys will be placed: what the bound is computed from. */
  keys: number
  /** A node takes at most ceil(loadFactor × keys ÷ nodes) keys. At least 1; default 1.25. */
  loadFactor?: number
}

/**
 * Consistent hashing with bounded loads: a ring on which a full node passes its keys on to the next one
 * clockwise that has room. No node ever holds more than its bound; the price is that a change of nodes can
 * move keys between two nodes that stay.
 *
 * `place` counts a key, `owner` only says where the next key would go, so keys lie where the order in which
 * they were placed has put them. Adding or removing a node changes the
 * bound and empties the counts: place the keys again. A lookup passes 2 ÷ ε² nodes expected at load factor
 * 1 + ε.
 *
 * Mirrokni, Thorup and Zadimoghaddam, "Consistent Hashing with Bounded Loads", SODA 2018.
 *
 * @example
 * import { type BoundedOptions, BoundedRing } from 'cachelab/placement'
 * const options: BoundedOptions = { keys: 300, loadFactor: 1.1 }
 * const ring = new BoundedRing(['cache1', 'cache2', 'cache3'], options)
 * const loads = [0, 0, 0]
 * for (let i = 0; i < 300; i++) loads[ring.place(ring.position(`key-${i}`))]++
 * // At most ⌈1.1 × 300 ÷ 3⌉ = 110 keys each.
 * const full = Math.max(...loads)
 * full // 110
 */
export class BoundedRing extends HashRing {
  private readonly keys: number
  private readonly loadFactor: number
  private loads: Uint32Array

  constructor(nodes: readonly string[], options: BoundedOptions) {
    super(nodes, options)
    this.keys = options.keys
    this.loadFactor = options.loadFactor ?? 1.25
    if (!(this.loadFactor >= 1 && Number.isFinite(this.loadFactor))) {
      throw new InputError(`the load factor must be at least 1, got ${options.loadFactor}`)
    }
    this.loads = new Uint32Array(this.names.length)
  }

  /** The most keys that a node takes. */
  get bound(): number {
    return Math.ceil((this.loadFactor * this.keys) / this.names.length)
  }

  override get bytes(): number {
    return super.bytes + this.loads.byteLength
  }

  override owner(position: number): number {
    const { bound } = this
    const first = this.pointAfter(position)
    const points = this.layout.positions.length
    for (let point = first; point < first + points; point++) {
      const node = this.ownerOfPoint(point)
      if (this.loads[node] < bound) return node
    }
    throw new InputError(`all nodes are full: more than the ${this.keys} keys announced were placed`)
  }

  /** The first node with room, then the ring's next distinct nodes, full or not: only owners are bounded. */
  override owners(position: number, count: number): number[] {
    const first = this.owner(position)
    const others = super.owners(position, count + 1).filter((node) => node !== first)
    return [first, ...others].slice(0, count)
  }

  override place(position: number): number {
    const node = this.owner(position)
    this.loads[node]++
    return node
  }

  override add(node: string, weight = 1): void {
    super.add(node, weight)
    this.loads = new Uint32Array(this.names.length)
  }

  override remove(node: string): void {
    super.remove(node)
    this.loads = new Uint32Array(this.names.length)
  }
}
