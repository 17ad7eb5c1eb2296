import type { Placement } from '../placement/index.js'
import type { Ownership } from './protocol.js'

/** How keys are placed on some of the nodes. */
export type PlaceOn = (names: readonly string[]) => Placement

/** Who owns each key among some members. */
interface Table {
  readonly members: ReadonlySet<number>
  /** Owners of each key. */
  readonly copies: number
  /** `copies` nodes for each key, the primary first. */
  readonly owners: Uint32Array
}

/**
 * Who is in the cluster, and so who owns which key: its first owner by the placement, and the next distinct
 * members clockwise. When members change all keys are placed anew: O(keys × replicas), four bytes for each.
 *
 * A change can be prepared: then nodes take in the keys that they are going to own before they are asked for them.
 *
 * @example
 * import { HashRing } from 'cachelab/placement'
 * import { Membership, type PlaceOn } from 'cachelab/replication'
 * const placeOn: PlaceOn = (names) => new HashRing(names)
 * const nodes = ['cache1', 'cache2', 'cache3']
 * const ring = placeOn(nodes)
 * const positions = Uint32Array.from(['user:1', 'user:2'], (key) => ring.position(key))
 * const members = new Membership(nodes, [0, 1, 2], positions, 2, placeOn)
 * members.ownersOf(0) // [ 2, 1 ]
 * members.leave(members.owner(0, 0))
 * members.ownersOf(0) // [ 1, 0 ]
 */
export class Membership implements Ownership {
  /** Grows whenever members change. */
  epoch = 1
  private table: Table
  private upcoming: Table | undefined

  /** `adopted` is told of every key that a node comes to own, unprepared, when members change. */
  constructor(
    readonly names: readonly string[],
    members: readonly number[],
    private readonly positions: Uint32Array,
    readonly replicas: number,
    private readonly placeOn: PlaceOn,
    private readonly adopted: (node: number, key: number) => void = () => {},
  ) {
    this.table = this.place(members)
  }

  get copies(): number {
    return this.table.copies
  }

  /** Whether a node is a member. */
  has(node: number): boolean {
    return this.table.members.has(node)
  }

  /** The members by number, and those that are going to be. */
  list(): number[] {
    return [...new Set([...this.table.members, ...(this.upcoming?.members ?? [])])].sort((a, b) => a - b)
  }

  /** A node becomes a member. */
  join(node: number): void {
    this.change([...this.table.members, node])
  }

  /** A node leaves. The last one stays: there must be an owner, if only one that doesn't answer. */
  leave(node: number): void {
    if (this.table.members.size === 1) return
    this.change([...this.table.members].filter((member) => member !== node))
  }

  /** Announces the members to come, until `commit` or until members change otherwise. */
  prepare(members: readonly number[]): void {
    this.upcoming = this.place(members)
    this.epoch++
  }

  /** Makes the announced members the members. */
  commit(): void {
    if (this.upcoming) this.table = this.upcoming
    this.upcoming = undefined
    this.epoch++
  }

  owner(key: number, rank: number): number {
    return this.table.owners[key * this.table.copies + rank]
  }

  /** Whether a node owns a key, or is going to. */
  owns(node: number, key: number): boolean {
    return (
      isOwner(this.table, node, key) || (this.upcoming !== undefined && isOwner(this.upcoming, node, key))
    )
  }

  /** The owners of a key, the primary first. */
  ownersOf(key: number): number[] {
    return Array.from({ length: this.copies }, (_, rank) => this.owner(key, rank))
  }

  /** The nodes that are going to own a key and don't yet. */
  successorsOf(key: number): number[] {
    const { upcoming } = this
    if (!upcoming) return []
    const owners = Array.from(upcoming.owners.subarray(key * upcoming.copies, (key + 1) * upcoming.copies))
    return owners.filter((node) => !isOwner(this.table, node, key))
  }

  private change(members: readonly number[]): void {
    const table = this.place(members)
    this.upcoming = undefined
    for (let at = 0; at < table.owners.length; at++) {
      const key = Math.floor(at / table.copies)
      if (!isOwner(this.table, table.owners[at], key)) this.adopted(table.owners[at], key)
    }
    this.table = table
    this.epoch++
  }

  private place(members: readonly number[]): Table {
    const sorted = [...members].sort((a, b) => a - b)
    const placement = this.placeOn(sorted.map((node) => this.names[node]))
    const numberOf = new Map(sorted.map((node) => [this.names[node], node]))
    const numbers = placement.nodes.map((name) => numberOf.get(name)!)
    const copies = Math.min(this.replicas, sorted.length)
    const owners = new Uint32Array(this.positions.length * copies)
    for (let key = 0, at = 0; key < this.positions.length; key++) {
      const found = placement.owners(this.positions[key], copies)
      for (let rank = 0; rank < copies; rank++) owners[at++] = numbers[found[rank]]
    }
    return { members: new Set(sorted), copies, owners }
  }
}

function isOwner({ owners, copies }: Table, node: number, key: number): boolean {
  for (let at = key * copies, end = at + copies; at < end; at++) if (owners[at] === node) return true
  return false
}
