import { breathe } from '../../parallel/breathe.js'
import type { Placement } from '../../placement/index.js'
import { type Spread, spread } from '../../stats/summary.js'

const CHUNK = 1 << 17

/** Places hashed keys and counts them by node, in the order of the placement's nodes. O(keys) lookups. */
export async function countKeys(placement: Placement, positions: Uint32Array): Promise<Uint32Array> {
  const counts = new Uint32Array(placement.nodes.length)
  for (let start = 0; start < positions.length; start += CHUNK) {
    const end = Math.min(start + CHUNK, positions.length)
    for (let i = start; i < end; i++) counts[placement.place(positions[i])]++
    await breathe()
  }
  return counts
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

/** Counts the keys that move between two placements of the same keys. */
export function countMoves(before: Ownership, after: Ownership): Moves {
  const indexAfter = new Map(after.nodes.map((name, index) => [name, index]))
  const stays = before.nodes.map((name) => indexAfter.get(name) ?? -1)
  const known = new Set(before.nodes)
  const isOld = after.nodes.map((name) => known.has(name))
  let moved = 0
  let stray = 0
  for (let i = 0; i < before.owners.length; i++) {
    const from = stays[before.owners[i]]
    const to = after.owners[i]
    if (from === to) continue
    moved++
    if (from >= 0 && isOld[to]) stray++
  }
  return { moved, stray }
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
