import { createRandom, type Random } from '../../random/random.js'
import type { BusContent, BusMessage, Gossip } from '../messages/bus.js'
import { Acquaintance } from './acquaintance.js'
import { Claims } from './claims.js'
import { Election } from './election.js'
import { Health } from './health.js'
import type { Host, MemberOptions, Membership } from './membership.js'
import type { NodeEvent } from './node-event.js'
import { type ClusterPeer, ClusterView, NOBODY } from './view.js'

/** Milliseconds between two runs of the cluster timer. */
const PERIOD = 100
/** Every tenth run pings the stalest of five random nodes. */
const SAMPLE_EVERY = 10
const SAMPLE = 5
/** The minimum of nodes in a ping's gossip; otherwise a tenth of all. */
const LEAST_GOSSIP = 3

/**
 * A node as a member of a cluster: it sends pings and processes messages of others. Redis 7.0, cluster.c: at
 * the start all nodes know each other; without replica migration.
 */
export class Member implements Membership {
  readonly view: ClusterView
  readonly me: ClusterPeer
  currentEpoch = 0
  readonly health: Health
  readonly claims: Claims
  readonly election: Election
  readonly acquaintance: Acquaintance
  readonly random: Random
  private looks = 0

  constructor(
    readonly host: Host,
    peers: readonly ClusterPeer[],
    readonly options: MemberOptions,
    seed: number,
    readonly report: (event: NodeEvent) => void,
    ElectionType: typeof Election = Election,
  ) {
    this.view = new ClusterView(peers)
    this.me = peers[host.id]
    this.random = createRandom(seed, `cluster-${host.id}`)
    this.health = new Health(this)
    this.claims = new Claims(this)
    this.acquaintance = new Acquaintance(this)
    this.election = new ElectionType(this)
  }

  get isMaster(): boolean {
    return this.me.master === undefined
  }

  /** Starts again with the contents of nodes.conf: other nodes, slots and epochs. */
  restart(): void {
    for (const peer of this.view.known) {
      peer.isConnected = false
      peer.pingSent = undefined
      peer.isSuspect = false
      peer.reports.clear()
    }
    this.health.restart()
    this.election.restart()
  }

  /** Runs the cluster timer. */
  look(): void {
    this.looks++
    const { now } = this.host.clock
    for (const peer of this.others()) if (!peer.isConnected && !peer.isElsewhere) this.connect(peer)
    if (this.looks % SAMPLE_EVERY === 0) this.pingSample()
    const half = this.options.nodeTimeout / 2
    for (const peer of this.others()) {
      if (peer.pingSent !== undefined && now - peer.pingSent > half && now - peer.heard > half)
        peer.isConnected = false
      if (peer.isConnected && peer.pingSent === undefined && now - peer.pongReceived > half) this.ping(peer)
      else this.health.suspect(peer)
    }
    if (!this.isMaster) this.election.run()
    this.health.update()
  }

  private *others(): Generator<ClusterPeer> {
    for (const peer of this.view.known) if (peer !== this.me) yield peer
  }

  /**
   * Reconnects to a node. The connection may fail later, so the timeout starts with the next ping, half a node timeout
   * after the last pong.
   */
  private connect(peer: ClusterPeer): void {
    peer.isConnected = true
    peer.connectedAt = this.host.clock.now
    this.send(peer.id, { type: 'ping', gossip: this.gossip(peer.id) })
  }

  private pingSample(): void {
    const peers = this.view.known
    let oldest: ClusterPeer | undefined
    for (let i = 0; i < SAMPLE; i++) {
      const peer = peers[this.random.below(peers.length)]
      if (peer === this.me || !peer.isConnected || peer.pingSent !== undefined) continue
      if (!oldest || peer.pongReceived < oldest.pongReceived) oldest = peer
    }
    if (oldest) this.ping(oldest)
  }

  private ping(peer: ClusterPeer): void {
    peer.pingSent = this.host.clock.now
    this.send(peer.id, { type: 'ping', gossip: this.gossip(peer.id) })
  }

  /** Some random nodes, and all that don't answer. */
  private gossip(to: number): Gossip[] {
    const peers = this.view.known
    const about = new Set<ClusterPeer>()
    const wanted = Math.min(Math.max(LEAST_GOSSIP, Math.floor(peers.length / 10)), peers.length - 2)
    for (let tries = 0; about.size < wanted && tries < wanted * 3; tries++) {
      const peer = peers[this.random.below(peers.length)]
      if (peer !== this.me && peer.id !== to && !peer.isSuspect) about.add(peer)
    }
    for (const peer of peers) if (peer.isSuspect) about.add(peer)
    return [...about].map(({ id, isSuspect, isFailed, pongReceived }) => ({
      node: id,
      isFailing: isSuspect || isFailed,
      // The protocol has whole seconds.
      pongReceived: Math.floor(pongReceived / 1000) * 1000,
    }))
  }

  send(to: number, content: BusContent): void {
    const { view, me, currentEpoch, host } = this
    const owner = me.master ?? me.id
    const message: BusMessage = {
      kind: 'bus',
      name: me.name,
      isPaused: this.election.isPaused,
      currentEpoch,
      configEpoch: view.peers[owner].configEpoch,
      claim: view.claimOf(owner),
      master: me.master,
      offset: host.offset,
      content,
    }
    host.transport.send(to, message, () => this.refused(to))
  }

  broadcast(content: BusContent): void {
    for (const { id } of this.others()) this.send(id, content)
  }

  pong(to: number): void {
    this.send(to, { type: 'pong', gossip: this.gossip(to) })
  }

  /** Sends this node's new state to all. */
  announce(): void {
    for (const { id } of this.others()) this.pong(id)
  }

  /** The connection with another node was refused or lost. */
  refused(node: number): void {
    const peer = this.view.peers[node]
    if (peer) peer.isConnected = false
  }

  receive(message: BusMessage, from: number): void {
    const sender = this.view.peers[from]
    const { now } = this.host.clock
    if (!this.acquaintance.isFromKnown(message, sender)) return
    sender.heard = now
    if (message.isPaused && this.me.master === from) this.election.masterPaused(message.offset)
    this.currentEpoch = Math.max(this.currentEpoch, message.currentEpoch)
    sender.configEpoch = Math.max(sender.configEpoch, message.configEpoch)
    sender.offset = message.offset
    const { content } = message
    switch (content.type) {
      case 'ping':
      case 'meet':
        this.pong(from)
        this.learn(message, content.gossip, sender)
        break
      case 'pong':
        sender.pongReceived = now
        sender.pingSent = undefined
        this.health.answered(sender)
        this.learn(message, content.gossip, sender)
        break
      case 'fail':
        this.health.told(this.view.peers[content.node], sender)
        break
      case 'failover-start':
        this.election.pauseFor(sender)
        break
      case 'auth-request':
        this.election.asked(message, sender)
        break
      case 'auth-ack':
        this.election.granted(message, sender)
        break
      case 'update':
        this.claims.corrected(content)
    }
    this.health.update()
  }

  /** Processes a ping or a pong: the sender's state, and gossip about others. */
  private learn(message: BusMessage, gossip: readonly Gossip[], sender: ClusterPeer): void {
    this.learnRole(message, sender)
    this.claims.consider(message, sender)
    for (const { node, isFailing, pongReceived } of gossip) {
      const about = this.view.peers[node]
      if (about === this.me || !this.acquaintance.knowsByGossip(about)) continue
      if (sender.master === undefined) this.health.reported(about, sender, isFailing)
      const isQuiet = !isFailing && about.pingSent === undefined && about.reports.size === 0
      if (isQuiet) about.pongReceived = Math.max(about.pongReceived, pongReceived)
    }
  }

  /** CLUSTER RESET: a master without slots that knows no other node; a hard one is another node then, without a past. */
  reset(isHard: boolean): void {
    const { view, me } = this
    if (me.master !== undefined) {
      this.follow(undefined)
      this.host.empty()
    }
    this.claims.migrating.clear()
    this.claims.importing.clear()
    this.election.restart()
    for (const peer of [...this.others()]) view.forget(peer)
    view.ownAll(me.id, NOBODY)
    if (isHard) {
      me.name = Array.from(me.name, () => this.random.below(16).toString(16)).join('')
      this.currentEpoch = 0
      me.configEpoch = 0
    }
    this.updateState()
  }

  private learnRole({ master }: BusMessage, sender: ClusterPeer): void {
    if (master === sender.master) return
    if (master !== undefined && sender.master === undefined) this.view.ownAll(sender.id, NOBODY)
    sender.master = master
  }

  updateState(): void {
    this.health.update()
  }

  /** Becomes the replica of another, or a master. */
  follow(master: number | undefined): void {
    if (master !== undefined && this.view.peers[master].master !== undefined)
      this.view.peers[master].master = undefined
    this.me.master = master
    this.claims.migrating.clear()
    this.claims.importing.clear()
    this.election.endManual()
    this.host.follow(master)
  }

  static readonly period = PERIOD
}
