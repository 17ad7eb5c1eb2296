import type { BusMessage } from '../messages/bus.js'
import type { Membership } from './membership.js'
import type { ClusterPeer } from './view.js'

/** Milliseconds for which gossip about a forgotten node is ignored. */
const BAN = 60_000

/**
 * Which nodes a node knows: CLUSTER MEET and FORGET, and what messages of unknown nodes do. Redis 7.0:
 * clusterStartHandshake, clusterProcessGossipSection, clusterBlacklistAddNode.
 */
export class Acquaintance {
  /** Nodes that this one has sent a MEET. */
  private readonly met = new Set<number>()

  constructor(private readonly member: Membership) {}

  /** Whether a node that others gossip about is known; it is from now on if it wasn't forgotten lately. */
  knowsByGossip(about: ClusterPeer): boolean {
    const { view, host } = this.member
    if (view.knows(about)) return true
    if (about.bannedUntil > host.clock.now) return false
    view.learn(about)
    return true
  }

  /**
   * Whether the sender of a message is known. MEET, and the answer to it, make it known; another node's ping is only
   * answered. A node that has got another id since is unknown: its old id has no address any more.
   */
  isFromKnown({ name, content: { type } }: BusMessage, sender: ClusterPeer): boolean {
    const { view } = this.member
    const isKnown = view.knows(sender)
    if (isKnown && sender.name === name) return true
    if (type === 'meet' || (type === 'pong' && this.met.delete(sender.id))) {
      if (isKnown) view.forget(sender)
      sender.name = name
      view.learn(sender)
      return true
    }
    if (isKnown) {
      sender.isElsewhere = true
      sender.isConnected = false
    }
    if (type === 'ping') this.member.pong(sender.id)
    return false
  }

  /** CLUSTER MEET: a node with this address and this node will know each other, if there is one. */
  meet(address: string): void {
    const { view, me } = this.member
    const peer = view.peers.find((one) => one.address === address)
    if (!peer || peer === me) return
    this.met.add(peer.id)
    this.member.send(peer.id, { type: 'meet', gossip: [] })
  }

  /** CLUSTER FORGET. */
  forget(peer: ClusterPeer): void {
    peer.bannedUntil = this.member.host.clock.now + BAN
    this.member.view.forget(peer)
  }
}
