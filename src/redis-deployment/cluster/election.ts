import type { BusMessage } from '../messages/bus.js'
import type { Membership } from './membership.js'
import { type ClusterPeer, NO_CLAIM, NOBODY, slotsBeyond } from './view.js'

/** Milliseconds before an election: a fixed delay, the maximum of a random delay, and a delay per rank. */
const DELAY = 500
const SPREAD = 500
const PER_RANK = 1000
/** The minimum of milliseconds in which votes must arrive; otherwise two node timeouts. */
const LEAST_WAIT = 2000
/** cluster-replica-validity-factor and repl-ping-replica-period, which limit the age of a candidate's data. */
const VALIDITY = 10
const PING_PERIOD = 10_000

/** Milliseconds that a manual failover may take; its master makes writes wait for twice that. */
const MANUAL_TIMEOUT = 5000

/** A failover that somebody asked for. */
interface ManualFailover {
  readonly until: number
  /** The master's data is here, or nobody wants to wait for it. */
  isReady: boolean
}

/**
 * A replica's election after its master failed. The delay by rank lets the replica with the most data ask first. It
 * needs the votes of a majority of the masters; a master has one vote per epoch. Redis 7.0:
 * clusterHandleSlaveFailover, clusterSendFailoverAuthIfNeeded.
 */
export class Election {
  /** When votes are asked for, and whether they have been. */
  private startAt = -Infinity
  private isAsking = false
  private rank = 0
  private epoch = 0
  private manual: ManualFailover | undefined
  private pausedUntil = -Infinity
  protected votes = 0
  protected lastVoteEpoch = 0

  constructor(protected readonly member: Membership) {}

  private get now(): number {
    return this.member.host.clock.now
  }

  private get patience(): number {
    return Math.max(2 * this.member.options.nodeTimeout, LEAST_WAIT)
  }

  restart(): void {
    this.startAt = -Infinity
    this.isAsking = false
    this.endManual()
  }

  /** CLUSTER FAILOVER: the master stops writes and says how much data there is, unless it must not be asked. */
  startManually(isForced: boolean): void {
    this.manual = { until: this.now + MANUAL_TIMEOUT, isReady: isForced }
    if (!isForced) this.member.send(this.member.me.master!, { type: 'failover-start' })
  }

  /** A replica starts a manual failover: this master makes writes wait. */
  pauseFor(replica: ClusterPeer): void {
    if (replica.master !== this.member.me.id) return
    this.pausedUntil = this.now + 2 * MANUAL_TIMEOUT
    this.member.pong(replica.id)
  }

  /** Whether writes have to wait for the end of a manual failover. */
  get isPaused(): boolean {
    return this.now < this.pausedUntil
  }

  /** The master makes writes wait, and had this much data. */
  masterPaused(offset: number): void {
    if (this.manual && offset === this.member.host.offset) this.manual.isReady = true
  }

  endManual(): void {
    this.manual = undefined
    this.pausedUntil = -Infinity
  }

  /** CLUSTER FAILOVER TAKEOVER: without an election. */
  takeOver(): void {
    const { member } = this
    member.claims.bumpEpoch()
    this.replace(member.view.peers[member.me.master!])
  }

  /** Continues or starts an election if the master has failed. */
  run(): void {
    const { member } = this
    const { view, me } = member
    const master = view.peers[me.master!]
    if (this.manual && this.manual.until < this.now) this.endManual()
    const isManual = this.manual?.isReady ?? false
    if (view.counts[master.id] === 0 || !(isManual || (master.isFailed && !this.isTooOld()))) return
    const age = this.now - this.startAt
    if (age > 2 * this.patience) {
      this.plan(master, isManual)
      if (!isManual) return
    }
    if (!this.isAsking && !isManual) this.moveBack(master)
    if (this.now < this.startAt || this.now - this.startAt > this.patience) return
    if (!this.isAsking) this.ask()
    else if (this.hasWon()) this.win(master)
  }

  private isTooOld(): boolean {
    const { host, options } = this.member
    const age = Math.max(0, host.dataAge - options.nodeTimeout)
    return age > PING_PERIOD + VALIDITY * options.nodeTimeout
  }

  private plan(master: ClusterPeer, isManual: boolean): void {
    const { member } = this
    this.rank = isManual ? 0 : this.rankNow(master)
    const delay = isManual ? 0 : DELAY + member.random.below(SPREAD) + this.rank * PER_RANK
    this.startAt = this.now + delay
    this.isAsking = false
    this.votes = 0
    member.report({ kind: 'election-delayed', delayMs: delay, rank: this.rank, offset: member.host.offset })
    for (const { id } of member.view.replicasOf(master.id)) if (id !== member.me.id) member.pong(id)
  }

  /** The rank: the number of replicas of the same master that have more of its data. */
  private rankNow(master: ClusterPeer): number {
    const { view, me, host } = this.member
    return view.replicasOf(master.id).filter((peer) => peer !== me && peer.offset > host.offset).length
  }

  private moveBack(master: ClusterPeer): void {
    const rank = this.rankNow(master)
    if (rank <= this.rank) return
    this.startAt += (rank - this.rank) * PER_RANK
    this.rank = rank
  }

  private ask(): void {
    const { member } = this
    this.epoch = ++member.currentEpoch
    this.isAsking = true
    member.report({ kind: 'election-started', epoch: this.epoch })
    member.broadcast({ type: 'auth-request', isForced: this.manual !== undefined })
  }

  /** A majority of the masters with slots, failed ones among them. */
  protected hasWon(): boolean {
    return this.votes >= this.member.view.majority
  }

  private win(master: ClusterPeer): void {
    const { member } = this
    member.report({ kind: 'election-won', epoch: this.epoch })
    member.me.configEpoch = Math.max(member.me.configEpoch, this.epoch)
    this.replace(master)
  }

  /** Takes the slots of the master. */
  private replace(master: ClusterPeer): void {
    const { member } = this
    const { view, me } = member
    view.ownAll(master.id, me.id)
    member.follow(undefined)
    member.updateState()
    member.announce()
  }

  /** A replica asks for this master's vote. */
  asked(message: BusMessage, candidate: ClusterPeer): void {
    const { member } = this
    if (!this.mayVote(message, candidate)) return
    this.lastVoteEpoch = member.currentEpoch
    member.view.peers[candidate.master!].votedAt = this.now
    member.report({ kind: 'vote-granted', candidate: candidate.id, epoch: member.currentEpoch })
    member.send(candidate.id, { type: 'auth-ack' })
  }

  /** One vote per epoch, for a replica of a failed master whose slots nobody has taken since. */
  protected mayVote(message: BusMessage, candidate: ClusterPeer): boolean {
    const { view, me, currentEpoch, isMaster, options } = this.member
    if (!isMaster || view.counts[me.id] === 0 || candidate.master === undefined) return false
    if (message.currentEpoch < currentEpoch || this.lastVoteEpoch === currentEpoch) return false
    const master = view.peers[candidate.master]
    const isForced = message.content.type === 'auth-request' && message.content.isForced
    if (!(master.isFailed || isForced) || this.now - master.votedAt < 2 * options.nodeTimeout) return false
    for (const slot of slotsBeyond(message.claim, NO_CLAIM)) {
      const owner = view.owners[slot]
      if (owner !== NOBODY && view.peers[owner].configEpoch > message.configEpoch) return false
    }
    return true
  }

  /** A master's vote. */
  granted(message: BusMessage, voter: ClusterPeer): void {
    const { view, me } = this.member
    if (voter.master !== undefined || view.counts[voter.id] === 0 || message.currentEpoch < this.epoch) return
    this.votes++
    if (this.isAsking && me.master !== undefined) this.run()
  }
}
