import { breathe } from '../../parallel/breathe.js'
import type { Placement } from '../../placement/index.js'
import { type Spread, spread } from '../../stats/summary.js'

const CHUNK = 1 << 17

/** Places hashed keys and counts them by node, in the order of the placement's nodes. O(keys) lookups. */
export async function countKeys(placement: Placement, positions: Uint32Array): Promise<Uint32Array> {
  const counts = new Uint32Array(placement.nodes.length)
  for (let start = 0; start < positions.length; start += CHUNK) {
    addKeys(counts, placement, positions.subarray(start, start + CHUNK))
    await breathe()
  }
  return counts
}

/** Adds more keys to the counts of nodes. */
export function addKeys(counts: Uint32Array, placement: Placement, positions: Uint32Array): void {
  for (let i = 0; i < positions.length; i++) counts[placement.place(positions[i])]++
}

/** The node that owns each key, as indices. Four bytes a key. */
export async function ownersOf(placement: Placement, positions: Uint32Array): Promise<Uint32Array> {
  const owners = new Uint32Array(positions.length)
  for (let start = 0; start < positions.length; start += CHUNK) {
    const end = Math.min(start + CHUNK, positions.length)
    for (let i = start; i < end; i++) owners[i] = placement.place(positions[i])
    await breathe()
  }
  return owners
}

/** How many keys each node owns. */
export function countOwners(owners: Uint32Array, nodes: number): Uint32Array {
  const counts = new Uint32Array(nodes)
  for (let i = 0; i < owners.length; i++) counts[owners[i]]++
  return counts
}

/** Movement of keys caused by a change of nodes. */
export interface Moves {
  /** Keys whose owner changed. */
  readonly moved: number
  /** Stray moves: keys moved between two nodes that stay, which no change requires. */
  readonly stray: number
}

/** Counts the keys that move between two lists of nodes, one key after the other. */
export class MoveCount implements Moves {
  moved = 0
  stray = 0
  /** Of each node before, its index after; −1 where it is gone. */
  private readonly stays: readonly number[]
  /** Of each node after, whether it was there before. */
  private readonly isOld: readonly boolean[]

  constructor(before: readonly string[], after: readonly string[]) {
    const indexAfter = new Map(after.map((name, index) => [name, index]))
    this.stays = before.map((name) => indexAfter.get(name) ?? -1)
    const known = new Set(before)
    this.isOld = after.map((name) => known.has(name))
  }

  /** Counts one key, by the indices of its owner before and after. */
  add(before: number, after: number): void {
    const from = this.stays[before]
    if (from === after) return
    this.moved++
    if (from >= 0 && this.isOld[after]) this.stray++
  }
}

/** Counts the keys that move between two placements of the same keys. */
export function countMoves(before: Ownership, after: Ownership): Moves {
  const moves = new MoveCount(before.nodes, after.nodes)
  for (let i = 0; i < before.owners.length; i++) moves.add(before.owners[i], after.owners[i])
  return moves
}

/** The owner of each key at one moment. */
export interface Ownership {
  readonly nodes: readonly string[]
  readonly owners: Uint32Array
}

/** How evenly the keys lie on the nodes. */
export function balanceOf({ nodes, owners }: Ownership): Spread {
  return spread(countOwners(owners, nodes.length))
}

/** A snapshot of the owners of hashed keys. */
export async function ownership(placement: Placement, positions: Uint32Array): Promise<Ownership> {
  return { nodes: [...placement.nodes], owners: await ownersOf(placement, positions) }
}
