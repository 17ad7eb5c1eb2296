import type { BusContent, BusMessage, Claim } from '../messages/bus.js'
import type { Membership } from './membership.js'
import { type ClusterPeer, NOBODY, slotsBeyond } from './view.js'

/**
 * Whose each slot is: the claim with the higher config epoch wins. Redis 7.0: clusterUpdateSlotsConfigWith,
 * clusterHandleConfigEpochCollision.
 */
export class Claims {
  /** Slots that go from here to another, or come from another. */
  readonly migrating = new Map<number, number>()
  readonly importing = new Map<number, number>()

  constructor(private readonly member: Membership) {}

  /** What somebody claims in a ping or a pong. */
  consider(message: BusMessage, sender: ClusterPeer): void {
    const isMaster = sender.master === undefined
    if (isMaster) this.take(sender.id, message.configEpoch, message.claim)
    this.correct(message, sender)
    if (isMaster) this.separate(sender, message.configEpoch)
  }

  /** Gives a node what it claims with a higher epoch than that of whoever has it. */
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
      member.report({ kind: 'demoted', master: node })
      member.follow(node)
    } else if (lost.length > 0) host.drop(lost)
  }

  /** Tells a sender of an owner that it doesn't know of, or not as it is now: its claim is older. */
  private correct({ claim, configEpoch }: BusMessage, sender: ClusterPeer): void {
    const { member } = this
    const { view } = member
    const node = this.newerOwner(claim, configEpoch, sender)
    if (node === undefined) return
    const { configEpoch: nodeEpoch } = view.peers[node]
    member.send(sender.id, { type: 'update', node, nodeEpoch, nodeClaim: view.claimOf(node) })
  }

  /** Who has a slot of a claim with a higher epoch, the sender itself left out. */
  private newerOwner(claim: Claim, epoch: number, { id, master }: ClusterPeer): number | undefined {
    const { owners, peers, claims } = this.member.view
    // A replica speaks for its master, of which it may know too little itself.
    if (master !== undefined && peers[master].configEpoch > epoch && overlap(claim, claims[master]))
      return master
    const slot = slotsBeyond(claim, claims[master ?? id]).find((one) => {
      const owner = owners[one]
      return owner !== NOBODY && owner !== id && peers[owner].configEpoch > epoch
    })
    return slot === undefined ? undefined : owners[slot]
  }

  /** What another says of an owner that this node doesn't know of. */
  corrected({ node, nodeEpoch, nodeClaim }: Extract<BusContent, { type: 'update' }>): void {
    const peer = this.member.view.peers[node]
    if (peer === this.member.me || peer.configEpoch >= nodeEpoch) return
    peer.master = undefined
    peer.configEpoch = nodeEpoch
    this.take(node, nodeEpoch, nodeClaim)
  }

  /** Of two masters with the same epoch the one with the smaller name takes the next. */
  private separate(sender: ClusterPeer, epoch: number): void {
    const { me } = this.member
    if (!this.member.isMaster || epoch !== me.configEpoch || sender.name <= me.name) return
    this.member.currentEpoch++
    me.configEpoch = this.member.currentEpoch
    this.member.report({ kind: 'epoch-collision', about: sender.id, epoch: me.configEpoch })
  }

  /** CLUSTER SETSLOT … NODE. Who gets a slot takes an epoch that is higher than all others. */
  give(slot: number, node: number): void {
    const { member } = this
    const { view, me } = member
    const isImported = node === me.id && this.importing.has(slot)
    if (view.owners[slot] === me.id && node !== me.id) this.migrating.delete(slot)
    view.own(slot, node)
    if (!isImported) return
    this.importing.delete(slot)
    const highest = Math.max(...view.peers.map(({ configEpoch }) => configEpoch), member.currentEpoch)
    if (me.configEpoch === 0 || me.configEpoch !== highest) {
      member.currentEpoch = Math.max(member.currentEpoch, highest) + 1
      me.configEpoch = member.currentEpoch
      member.report({ kind: 'epoch-set', epoch: me.configEpoch })
    }
    member.announce()
  }
}

const overlap = (one: Claim, other: Claim): boolean => one.some((word, i) => (word & other[i]) !== 0)
