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
  }

  /** Continues or starts an election if the master has failed. */
  run(): void {
    const { member } = this
    const { view, me } = member
    const master = view.peers[me.master!]
    if (!master.isFailed || view.counts[master.id] === 0 || this.isTooOld()) return
    const age = this.now - this.startAt
    if (age > 2 * this.patience) {
      this.plan(master)
      return
    }
    if (!this.isAsking) this.moveBack(master)
    if (this.now < this.startAt || age > this.patience) return
    if (!this.isAsking) this.ask()
    else if (this.hasWon()) this.win(master)
  }

  private isTooOld(): boolean {
    const { host, options } = this.member
    const age = Math.max(0, host.dataAge - options.nodeTimeout)
    return age > PING_PERIOD + VALIDITY * options.nodeTimeout
  }

  private plan(master: ClusterPeer): void {
    const { member } = this
    this.rank = this.rankNow(master)
    const delay = DELAY + member.random.below(SPREAD) + this.rank * PER_RANK
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
    member.broadcast({ type: 'auth-request' })
  }

  /** A majority of the masters with slots, failed ones among them. */
  protected hasWon(): boolean {
    return this.votes >= this.member.view.majority
  }

  private win(master: ClusterPeer): void {
    const { member } = this
    const { view, me } = member
    member.report({ kind: 'election-won', epoch: this.epoch })
    me.configEpoch = Math.max(me.configEpoch, this.epoch)
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
    if (!master.isFailed || this.now - master.votedAt < 2 * options.nodeTimeout) return false
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
