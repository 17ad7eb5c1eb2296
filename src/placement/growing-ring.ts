import type { HashFunction } from '../hashing/index.js'
import type { NumberedText } from '../keys/index.js'
import { compareNames } from './placement.js'
import { virtualNodeLabels } from './ring.js'
import type { RingPoints } from './ring-points.js'

/**
 * How many keys each node of a `HashRing` has, while its number of virtual nodes grows. The keys never change, so they
 * are sorted once for all rings. Of the points between one key and the next, only the first matters, so only that is
 * kept, in four bytes and as many as a node's number needs. A virtual node costs its hash and one lookup among the keys,
 * O(1) expected; counting is O(keys).
 */
export class GrowingRing {
  private readonly labels: NumberedText[]
  private vnodes = 0
  /** The node of the first point behind each key and before the next. */
  private readonly owners: Uint8Array | Uint16Array | Uint32Array
  /** Stands for a key with no point behind it. */
  private readonly nobody: number
  /** How far behind the key that point is. */
  private readonly distances: Uint32Array

  /** Nodes of weight 1 as in a `HashRing` with the same names and seed; `keys` are in order, by the same hash. */
  constructor(
    nodes: readonly string[],
    private readonly keys: RingPoints,
    private readonly hash: HashFunction,
    seed: number | undefined,
  ) {
    this.labels = [...nodes].sort(compareNames).map((name) => virtualNodeLabels(name, seed))
    this.nobody = nodes.length
    const Numbers = nodes.length < 1 << 8 ? Uint8Array : nodes.length < 1 << 16 ? Uint16Array : Uint32Array
    this.owners = new Numbers(keys.size).fill(this.nobody)
    this.distances = new Uint32Array(keys.size)
  }

  /** Adds virtual nodes until each node has so many. */
  grow(vnodes: number): void {
    const { hash } = this.hash
    for (const [node, label] of this.labels.entries()) {
      for (let i = this.vnodes; i < vnodes; i++) {
        this.put(node, hash(label.bytes, 0, label.end))
        label.advance()
      }
    }
    this.vnodes = Math.max(this.vnodes, vnodes)
  }

  /** Keys of each node, in the order of the ring's nodes. */
  counts(): Uint32Array {
    const { owners, nobody } = this
    const counts = new Uint32Array(this.labels.length)
    // After the last key comes the first again.
    let owner = owners.find((node) => node !== nobody) ?? 0
    for (let key = owners.length - 1; key >= 0; key--) {
      if (owners[key] !== nobody) owner = owners[key]
      counts[owner]++
    }
    return counts
  }

  private put(node: number, position: number): void {
    const { keys, owners, distances } = this
    // The last key below the point, or around to the last of all.
    const next = position === 0 ? 0 : keys.after(position - 1)
    const key = (next === 0 ? keys.size : next) - 1
    // A point that stands on the key itself is a whole turn away.
    const distance = (position - keys.positions[key] - 1) >>> 0
    const owner = owners[key]
    // Of nodes at one position the first owns it, as on the ring.
    if (owner === this.nobody || distance < distances[key] || (distance === distances[key] && node < owner)) {
      owners[key] = node
      distances[key] = distance
    }
  }
}
