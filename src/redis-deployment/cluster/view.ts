import { SLOTS } from '../../placement/slots.js'
import type { Claim } from '../messages/bus.js'

export const NOBODY = -1

/** A node's view of another node, or of itself. Times are milliseconds. */
export class ClusterPeer {
  /** Whose replica it is; undefined for a master. */
  master: number | undefined
  configEpoch = 0
  offset = 0
  isConnected = true
  /** When this node last connected to it. */
  connectedAt = 0
  /** Whether its address is that of another node now, so that there is no connecting to it. */
  isElsewhere = false
  /** Until when gossip about it is ignored: it was forgotten. */
  bannedUntil = -Infinity
  /** When the ping was sent that it hasn't answered; undefined if there is none. */
  pingSent: number | undefined
  pongReceived = 0
  /** When anything last came from it. */
  heard = 0
  /** PFAIL: it doesn't answer this node. FAIL: it doesn't answer a majority of the masters. */
  isSuspect = false
  isFailed = false
  failedAt = 0
  /** Failure reports: when each master last reported that the node doesn't answer it. */
  readonly reports = new Map<number, number>()
  /** When a replica of it last got this node's vote. */
  votedAt = -Infinity

  constructor(
    readonly id: number,
    readonly address: string,
    /** Forty hexadecimal digits. */
    public name: string,
  ) {}
}

/** A range of slots and who has them. */
export interface SlotRange {
  from: number
  to: number
  owner: number
}

const WORDS = SLOTS / 32
export const NO_CLAIM: Claim = new Uint32Array(WORDS)

const NONE: readonly number[] = []

/** The slots of a claim that another claim lacks, in ascending order. O(words). */
export function slotsBeyond(claim: Claim, other: Claim): readonly number[] {
  let slots: number[] | undefined
  for (let word = 0; word < WORDS; word++) {
    let left = claim[word] & ~other[word]
    while (left !== 0) {
      slots ??= []
      slots.push(word * 32 + 31 - Math.clz32(left & -left))
      left &= left - 1
    }
  }
  return slots ?? NONE
}

/** One node's view of the cluster: the nodes, and the owner of each slot. */
export class ClusterView {
  readonly owners = new Int16Array(SLOTS).fill(NOBODY)
  readonly counts: Uint32Array
  /** The slots of each node, to read only. */
  readonly claims: Claim[]
  /** Claims that were sent, and so must not be changed. */
  private readonly given: boolean[]
  private cut: readonly SlotRange[] | undefined
  /** The nodes that this one knows. */
  known: readonly ClusterPeer[]

  constructor(readonly peers: readonly ClusterPeer[]) {
    this.known = peers
    this.counts = new Uint32Array(peers.length)
    this.claims = peers.map(() => new Uint32Array(WORDS))
    this.given = peers.map(() => false)
  }

  /** The slots of a node, to send: the result is never changed. */
  claimOf(node: number): Claim {
    this.given[node] = true
    return this.claims[node]
  }

  private claimToChange(node: number): Claim {
    if (this.given[node]) {
      this.given[node] = false
      this.claims[node] = this.claims[node].slice()
    }
    return this.claims[node]
  }

  /** Assigns an unassigned range of slots to a node of a new cluster. */
  begin({ from, to, owner }: SlotRange): void {
    this.owners.fill(owner, from, to + 1)
    this.counts[owner] += to - from + 1
    for (let slot = from; slot <= to; slot++) this.claims[owner][slot >> 5] |= 1 << (slot & 31)
  }

  own(slot: number, node: number): void {
    const before = this.owners[slot]
    if (before === node) return
    const word = slot >>> 5
    const bit = 1 << (slot & 31)
    if (before !== NOBODY) {
      this.counts[before]--
      this.claimToChange(before)[word] &= ~bit
    }
    if (node !== NOBODY) {
      this.counts[node]++
      this.claimToChange(node)[word] |= bit
    }
    this.owners[slot] = node
    this.cut = undefined
  }

  /** Moves all slots of a node to another, or to nobody. */
  ownAll(from: number, to: number): void {
    for (let slot = 0; slot < SLOTS; slot++) if (this.owners[slot] === from) this.own(slot, to)
  }

  /** The number of masters with slots, failed ones included. */
  get size(): number {
    let size = 0
    for (const count of this.counts) if (count > 0) size++
    return size
  }

  get majority(): number {
    return Math.floor(this.size / 2) + 1
  }

  /** Whether another view has the same owner for each slot. O(words × nodes). */
  isLike(other: ClusterView): boolean {
    return this.claims.every((claim, node) => {
      const theirs = other.claims[node]
      for (let word = 0; word < WORDS; word++) if (claim[word] !== theirs[word]) return false
      return true
    })
  }

  knows(peer: ClusterPeer): boolean {
    return this.known.includes(peer)
  }

  /** Removes a node and what is known of it; its slots have no owner then. */
  forget(peer: ClusterPeer): void {
    this.known = this.known.filter((one) => one !== peer)
    this.ownAll(peer.id, NOBODY)
    Object.assign(peer, { master: undefined, configEpoch: 0, offset: 0, isConnected: false })
    Object.assign(peer, { pingSent: undefined, isSuspect: false, isFailed: false, isElsewhere: false })
    peer.reports.clear()
  }

  /** Adds a node, in the order of the nodes. */
  learn(peer: ClusterPeer): void {
    this.known = this.peers.filter((one) => one === peer || this.knows(one))
  }

  replicasOf(master: number): ClusterPeer[] {
    return this.known.filter((peer) => peer.master === master)
  }

  /** Ranges of slots with their owner, in ascending order. */
  ranges(): readonly SlotRange[] {
    this.cut ??= rangesOf(this.owners)
    return this.cut
  }
}

/** Ranges of slots with the same owner, in ascending order, without unassigned slots. */
export function rangesOf(owners: ArrayLike<number>): SlotRange[] {
  const ranges: SlotRange[] = []
  for (let slot = 0; slot < owners.length; slot++) {
    const owner = owners[slot]
    const last = ranges[ranges.length - 1]
    if (last && last.owner === owner && last.to === slot - 1) last.to = slot
    else if (owner !== NOBODY) ranges.push({ from: slot, to: slot, owner })
  }
  return ranges
}
