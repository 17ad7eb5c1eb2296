import type { BusContent, BusMessage, Claim } from '../messages/bus.js'
import type { Membership } from './membership.js'
import { type ClusterPeer, NOBODY, slotsBeyond } from './view.js'

/**
 * The owner of each slot: the claim with the highest config epoch wins. Redis 7.0: clusterUpdateSlotsConfigWith,
 * clusterHandleConfigEpochCollision.
 */
export class Claims {
  /** Slots that are moving from this node, or to it, with the other node. */
  readonly migrating = new Map<number, number>()
  readonly importing = new Map<number, number>()

  constructor(private readonly member: Membership) {}

  /** Applies the claim in a ping or a pong. */
  consider(message: BusMessage, sender: ClusterPeer): void {
    const isMaster = sender.master === undefined
    if (isMaster) this.take(sender.id, message.configEpoch, message.claim)
    this.correct(message, sender)
    if (isMaster) this.separate(sender, message.configEpoch)
  }

  /** Gives a node the slots that it claims with a higher epoch than their owners have. */
  take(node: number, epoch: number, claim: Claim): void {
    const { member, importing } = this
    const { view, me, host } = member
    if (node === me.id) return
    const mine = me.master ?? me.id
    const before = view.counts[mine]
    const lost: number[] = []
    for (const slot of slotsBeyond(claim, view.claims[node])) {
      if (importing.has(slot)) continue
      const owner = view.owners[slot]
      if (owner !== NOBODY && view.peers[owner].configEpoch >= epoch) continue
      if (owner === me.id && host.hasKeysIn(slot)) lost.push(slot)
      if (owner === me.id) this.migrating.delete(slot)
      view.own(slot, node)
    }
    if (before > 0 && view.counts[mine] === 0 && mine !== node) {
      this.demote(node)
    } else if (lost.length > 0) host.drop(lost)
  }

  /** Sends the newer claim of an owner to a sender whose own claim is older. */
  private correct({ claim, configEpoch }: BusMessage, sender: ClusterPeer): void {
    const { member } = this
    const { view } = member
    const node = this.newerOwner(claim, configEpoch, sender)
    if (node === undefined) return
    const { configEpoch: nodeEpoch } = view.peers[node]
    member.send(sender.id, { type: 'update', node, nodeEpoch, nodeClaim: view.claimOf(node) })
  }

  /** The owner, other than the sender, of a slot in a claim with a higher epoch. */
  private newerOwner(claim: Claim, epoch: number, { id, master }: ClusterPeer): number | undefined {
    const { owners, peers, claims } = this.member.view
    // A replica repeats its master's claim, which it may know only in part.
    if (master !== undefined && peers[master].configEpoch > epoch && overlap(claim, claims[master]))
      return master
    const slot = slotsBeyond(claim, claims[master ?? id]).find((one) => {
      const owner = owners[one]
      return owner !== NOBODY && owner !== id && peers[owner].configEpoch > epoch
    })
    return slot === undefined ? undefined : owners[slot]
  }

  /** Applies a correction: another node's newer claim. */
  corrected({ node, nodeEpoch, nodeClaim }: Extract<BusContent, { type: 'update' }>): void {
    const peer = this.member.view.peers[node]
    if (peer === this.member.me || peer.configEpoch >= nodeEpoch) return
    peer.master = undefined
    peer.configEpoch = nodeEpoch
    this.take(node, nodeEpoch, nodeClaim)
  }

  /** Resolves a collision of epochs: the master with the smaller name takes the next epoch. */
  private separate(sender: ClusterPeer, epoch: number): void {
    const { me } = this.member
    if (!this.member.isMaster || epoch !== me.configEpoch || sender.name <= me.name) return
    this.member.currentEpoch++
    me.configEpoch = this.member.currentEpoch
    this.member.report({ kind: 'epoch-collision', about: sender.id, epoch: me.configEpoch })
  }

  /** CLUSTER SETSLOT … NODE. The new owner of a slot takes an epoch that is higher than all others. */
  give(slot: number, node: number): void {
    const { member } = this
    const { view, me } = member
    const isImported = node === me.id && this.importing.has(slot)
    const wasMine = view.owners[slot] === me.id
    if (!member.host.hasKeysIn(slot)) this.migrating.delete(slot)
    view.own(slot, node)
    if (wasMine && view.counts[me.id] === 0) this.demote(node)
    if (!isImported) return
    this.importing.delete(slot)
    this.bumpEpoch()
    member.announce()
  }

  /** A master without slots becomes a replica of the one that has its last slot. */
  private demote(master: number): void {
    this.member.report({ kind: 'demoted', master })
    this.member.follow(master)
  }

  /** Takes an epoch that is higher than all others, unless this node has it already. */
  bumpEpoch(): boolean {
    const { member } = this
    const { view, me } = member
    const highest = Math.max(...view.known.map(({ configEpoch }) => configEpoch), member.currentEpoch)
    if (me.configEpoch !== 0 && me.configEpoch === highest) return false
    member.currentEpoch = Math.max(member.currentEpoch, highest) + 1
    me.configEpoch = member.currentEpoch
    member.report({ kind: 'epoch-set', epoch: me.configEpoch })
    return true
  }
}

const overlap = (one: Claim, other: Claim): boolean => one.some((word, i) => (word & other[i]) !== 0)
