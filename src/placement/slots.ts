import { type ByteHash, type HashFunction, hashFunctions } from '../hashing/index.js'
import { InputError } from '../input-error.js'
import { HashedPlacement } from './placement.js'

/** The number of hash slots in a Redis Cluster. */
export const SLOTS = 16384

const OPEN = 123
const CLOSE = 125

/**
 * The slot of a key: CRC16 modulo 16384 of its hash tag, or of the whole key where there is none. The tag
 * is what stands between the first `{` and the first `}` after it, unless that is nothing.
 */
export const keySlot: ByteHash = (bytes, start, end) => {
  const crc16 = hashFunctions.crc16.hash
  for (let open = start; open < end; open++) {
    if (bytes[open] !== OPEN) continue
    for (let close = open + 1; close < end; close++) {
      if (bytes[close] !== CLOSE) continue
      return (close === open + 1 ? crc16(bytes, start, end) : crc16(bytes, open + 1, close)) % SLOTS
    }
    break
  }
  return crc16(bytes, start, end) % SLOTS
}

/** Slots as a hash function of keys: values are 0 … 16383. */
export const slotHash: HashFunction = {
  name: 'crc16',
  bits: 14,
  hash: keySlot,
  about: 'CRC-16/XMODEM of the hash tag, modulo 16,384 slots',
}

/**
 * Redis Cluster's hash slots: a key hashes to one of 16384 slots, and a table says which node has the slot.
 * A new cluster gets equal ranges; a change of nodes moves the fewest slots that even the nodes out again.
 * The table is state: where slots lie depends on the changes that led there. Lookup O(1).
 *
 * Redis Cluster specification, "Key distribution model" and "Hash tags".
 *
 * @example
 * import { HashSlots } from 'cachelab/placement'
 * const cluster = new HashSlots(['node-A', 'node-B', 'node-C'])
 * cluster.position('user:1001') // 5712
 * // Keys with the same tag in braces are in the same slot.
 * const slots = ['{user:1001}:cart', '{user:1001}:name'].map((key) => cluster.position(key))
 * slots // [ 5712, 5712 ]
 * cluster.locate('user:1001') // 'node-B'
 */
export class HashSlots extends HashedPlacement {
  /** The index of the node of each slot. */
  readonly slots = new Uint32Array(SLOTS)

  constructor(nodes: readonly string[]) {
    super(nodes, slotHash)
    this.checkSize()
    const share = SLOTS / nodes.length
    for (let node = 0, first = 0; node < nodes.length; node++) {
      const last = node === nodes.length - 1 ? SLOTS - 1 : Math.round(share * (node + 1) - 1)
      this.slots.fill(node, first, last + 1)
      first = last + 1
    }
  }

  get bytes(): number {
    return this.slots.byteLength
  }

  owner(position: number): number {
    return this.slots[position]
  }

  owners(position: number, count: number): number[] {
    return this.successors(this.owner(position), count)
  }

  add(node: string): void {
    this.names = this.namesWith(node)
    this.checkSize()
    this.rebalance()
  }

  remove(node: string): void {
    const index = this.indexToRemove(node)
    this.names.splice(index, 1)
    for (let slot = 0; slot < SLOTS; slot++) {
      const owner = this.slots[slot]
      this.slots[slot] = owner === index ? this.names.length : owner > index ? owner - 1 : owner
    }
    this.rebalance()
  }

  /**
   * Moves slots from nodes with too many, and from a node that has left, to nodes with too few, the lowest
   * slots first. The nodes that have most keep the odd slot more, so that as few as possible move.
   */
  private rebalance(): void {
    const nodes = this.names.length
    const held = new Uint32Array(nodes + 1)
    for (const owner of this.slots) held[owner]++
    const surplus = Int32Array.from(held)
    const byHeld = this.names.map((_, node) => node).sort((a, b) => held[b] - held[a] || a - b)
    for (const [rank, node] of byHeld.entries()) {
      surplus[node] -= Math.floor(SLOTS / nodes) + (rank < SLOTS % nodes ? 1 : 0)
    }
    let taker = 0
    for (let slot = 0; slot < SLOTS; slot++) {
      const owner = this.slots[slot]
      if (surplus[owner] <= 0) continue
      while (surplus[taker] >= 0) taker++
      this.slots[slot] = taker
      surplus[owner]--
      surplus[taker]++
    }
  }

  private checkSize(): void {
    if (this.names.length > SLOTS) {
      throw new InputError(`${SLOTS} slots serve at most as many nodes, got ${this.names.length}`)
    }
  }
}
