import { hashFunctions, hashText } from '../../hashing/index.js'
import { createPlacement, nodeNames, type Placement, SLOTS } from '../../placement/index.js'
import { slotOf } from '../../redis-deployment/cluster/routing.js'
import type { Ledger } from '../../redis-deployment/nodes/ledger.js'
import type { TableDraft } from '../../report/build.js'
import type { Move } from './moves.js'
import type { ClusterSetup } from './setup.js'

/** A change of the cluster. Nodes are numbers. */
export type Change =
  | { readonly kind: 'add-node' }
  | { readonly kind: 'remove-node'; readonly node: number }
  | { readonly kind: 'reshard'; readonly from: number; readonly to: number; readonly slots: number }

/** Keys that the same change moves with other placements. O(keys). */
export function alternatives(
  { setup, keys, change }: { setup: ClusterSetup; keys: number; change: Change },
  moves: readonly Move[],
  ledger: Ledger,
): TableDraft {
  const names = Array.from(Array(keys).keys(), (i) => ledger.keyOf(i))
  const moving = new Set(moves.map(({ slot }) => slot))
  const movedBy = (name: 'ring' | 'modulo') => keysMoved(name, names, setup.masters, change)
  const rows = [
    { placement: 'cluster slots', moved: names.filter((key) => moving.has(slotOf(key))).length },
    ...(change.kind === 'reshard'
      ? []
      : [
          { placement: 'ring, 150 virtual nodes', moved: movedBy('ring') },
          { placement: 'modulo', moved: movedBy('modulo') },
        ]),
  ]
  return {
    title: 'Keys that move, and the least share that a balanced change can move',
    columns: {
      placement: 'placement',
      moved: ['keys moved', 'count'],
      share: ['share', 'ratio'],
      ideal: ['least', 'ratio'],
    },
    rows: rows.map((row) => ({
      ...row,
      share: keys > 0 ? row.moved / keys : null,
      ideal: leastShare(change, setup),
    })),
  }
}

/** Keys that another placement moves when a node joins or leaves. */
function keysMoved(
  name: 'ring' | 'modulo',
  keys: readonly string[],
  masters: number,
  change: Change,
): number {
  const hash = hashFunctions.xxh32
  const options = { vnodes: 150, hash, seed: undefined, keys: keys.length, loadFactor: 1.25 }
  const all = nodeNames(masters + 1)
  const before = createPlacement(name, all.slice(0, masters), options)
  const after = createPlacement(
    name,
    change.kind === 'remove-node' ? before.nodes.filter((_, i) => i !== change.node) : all,
    options,
  )
  const owner = (placement: Placement, position: number) => placement.nodes[placement.place(position)]
  return keys.filter((key) => {
    const position = hashText(hash.hash, key)
    return owner(before, position) !== owner(after, position)
  }).length
}

/** The share of the keys that has to move. */
export function leastShare(change: Change, { masters }: ClusterSetup): number {
  switch (change.kind) {
    case 'add-node':
      return 1 / (masters + 1)
    case 'remove-node':
      return 1 / masters
    case 'reshard':
      return change.slots / SLOTS
  }
}
