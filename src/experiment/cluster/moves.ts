import { HashSlots, SLOTS } from '../../placement/index.js'

/** A slot that moves to another owner. */
export interface Move {
  readonly slot: number
  readonly from: number
  readonly to: number
}

/**
 * The fewest moves that give nodes equal shares when one joins or leaves. Nodes with too many slots give their lowest,
 * as in redis-cli --cluster rebalance. Nodes are numbers; `owners` has the owner of each slot.
 */
export function movesTo(
  owners: ArrayLike<number>,
  before: readonly number[],
  after: readonly number[],
): Move[] {
  const slots = new HashSlots(before.map(String))
  for (let slot = 0; slot < SLOTS; slot++) slots.slots[slot] = before.indexOf(owners[slot])
  for (const node of after) if (!before.includes(node)) slots.add(String(node))
  for (const node of before) if (!after.includes(node)) slots.remove(String(node))
  const moves: Move[] = []
  for (let slot = 0; slot < SLOTS; slot++) {
    const to = Number(slots.nodes[slots.owner(slot)])
    if (to !== owners[slot]) moves.push({ slot, from: owners[slot], to })
  }
  return moves
}

/** Moves of the lowest slots of one node to another. */
export function movesBetween(owners: ArrayLike<number>, from: number, to: number, count: number): Move[] {
  const moves: Move[] = []
  for (let slot = 0; slot < SLOTS && moves.length < count; slot++)
    if (owners[slot] === from) moves.push({ slot, from, to })
  return moves
}
