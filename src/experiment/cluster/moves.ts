import { HashSlots, SLOTS } from '../../placement/index.js'

/** A slot that changes hands. */
export interface Move {
  readonly slot: number
  readonly from: number
  readonly to: number
}

/**
 * The least slots that must move so that nodes have equal shares when one joins or leaves: the lowest of those that
 * have too many. As redis-cli --cluster rebalance does it. Nodes are numbers; `owners` has a slot's each.
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

/** The lowest slots of a node, to another. */
export function movesBetween(owners: ArrayLike<number>, from: number, to: number, count: number): Move[] {
  const moves: Move[] = []
  for (let slot = 0; slot < SLOTS && moves.length < count; slot++)
    if (owners[slot] === from) moves.push({ slot, from, to })
  return moves
}
