import type { Ownership } from '../node/protocol.js'
import type { Placement } from '../placement/index.js'

/** How keys are placed on some of the nodes. */
export type PlaceOn = (names: readonly string[]) => Placement

/**
 * Who is in the cluster, and so who owns which key: its first owner by the placement, and the next distinct
 * members clockwise. When members change all keys are placed anew: O(keys × replicas), four bytes for each.
 */
export class Membership implements Ownership {
  epoch = 0
  copies = 0
  private readonly members: Set<number>
  private owners = new Uint32Array(0)

  /** `adopted` is told of every key that a node comes to own when members change. */
  constructor(
    readonly names: readonly string[],
    members: readonly number[],
    private readonly positions: Uint32Array,
    readonly replicas: number,
    private readonly placeOn: PlaceOn,
    private readonly adopted: (node: number, key: number) => void = () => {},
  ) {
    this.members = new Set(members)
    this.place()
  }

  has(node: number): boolean {
    return this.members.has(node)
  }

  /** The members by number. */
  list(): number[] {
    return [...this.members].sort((a, b) => a - b)
  }

  join(node: number): void {
    this.members.add(node)
    this.place()
  }

  /** A node leaves. The last one stays: there must be an owner, if only one that doesn't answer. */
  leave(node: number): void {
    if (this.members.size === 1) return
    this.members.delete(node)
    this.place()
  }

  owner(key: number, rank: number): number {
    return this.owners[key * this.copies + rank]
  }

  owns(node: number, key: number): boolean {
    for (let at = key * this.copies, end = at + this.copies; at < end; at++) {
      if (this.owners[at] === node) return true
    }
    return false
  }

  /** The owners of a key, the primary first. */
  ownersOf(key: number): number[] {
    return Array.from(this.owners.subarray(key * this.copies, (key + 1) * this.copies))
  }

  private place(): void {
    const placement = this.placeOn(this.list().map((node) => this.names[node]))
    const numbers = placement.nodes.map((name) => this.names.indexOf(name))
    const copies = Math.min(this.replicas, this.members.size)
    const owners = new Uint32Array(this.positions.length * copies)
    for (let key = 0, at = 0; key < this.positions.length; key++) {
      const found = placement.owners(this.positions[key], copies)
      for (let rank = 0; rank < copies; rank++) owners[at++] = numbers[found[rank]]
    }
    if (this.epoch > 0) this.announce(owners, copies)
    this.copies = copies
    this.owners = owners
    this.epoch++
  }

  /** Tells who will own what it doesn't own yet. */
  private announce(owners: Uint32Array, copies: number): void {
    for (let at = 0; at < owners.length; at++) {
      const key = Math.floor(at / copies)
      if (!this.owns(owners[at], key)) this.adopted(owners[at], key)
    }
  }
}
