import type { Membership } from './membership.js'
import type { ClusterPeer } from './view.js'

/**
 * Milliseconds in which a master refuses requests after its start, and the bounds of that time after it rejoins a
 * majority.
 */
const START_DELAY = 2000
const REJOIN = { least: 500, most: 5000 }
/** In node timeouts: the validity of a failure report, and the time before FAIL is cleared for a master with slots. */
const REPORT_LIFE = 2

/**
 * Failure detection and the state of the cluster. PFAIL is the view of one node; FAIL takes recent reports of a
 * majority of the masters. Redis 7.0: clusterCron, markNodeAsFailingIfNeeded, clusterUpdateState.
 */
export class Health {
  /** Whether requests are served: cluster_state. */
  isOk = true
  private startedAt = -Infinity
  private inMinorityAt = -Infinity

  constructor(protected readonly member: Membership) {}

  private get now(): number {
    return this.member.host.clock.now
  }

  restart(): void {
    this.isOk = false
    this.startedAt = this.now
  }

  /** PFAIL: a node hasn't answered a ping for the node timeout. */
  suspect(peer: ClusterPeer): void {
    if (peer.pingSent === undefined || peer.isSuspect || peer.isFailed) return
    const silence = Math.min(this.now - peer.pingSent, this.now - peer.heard)
    if (silence <= this.member.options.nodeTimeout) return
    peer.isSuspect = true
    this.member.report({ kind: 'suspected', about: peer.id })
    this.markIfAgreed(peer)
  }

  /** A master reports whether another node answers it. */
  reported(peer: ClusterPeer, reporter: ClusterPeer, isFailing: boolean): void {
    if (!isFailing) {
      peer.reports.delete(reporter.id)
      return
    }
    peer.reports.set(reporter.id, this.now)
    this.markIfAgreed(peer)
  }

  /** The number of masters that lately reported a node. */
  reportsOf(peer: ClusterPeer): number {
    const since = this.now - REPORT_LIFE * this.member.options.nodeTimeout
    for (const [reporter, at] of peer.reports) if (at < since) peer.reports.delete(reporter)
    return peer.reports.size
  }

  /** FAIL: a majority of the masters reports the node, this one included. */
  protected markIfAgreed(peer: ClusterPeer): void {
    const { member } = this
    if (!peer.isSuspect || peer.isFailed) return
    if (this.reportsOf(peer) + (member.isMaster ? 1 : 0) < member.view.majority) return
    member.report({ kind: 'failed', about: peer.id })
    this.fail(peer)
    member.broadcast({ type: 'fail', node: peer.id })
  }

  /** Another node has marked a node as FAIL. */
  told(peer: ClusterPeer, by: ClusterPeer): void {
    if (peer.isFailed || peer === this.member.me) return
    this.member.report({ kind: 'fail-received', about: peer.id, from: by.id })
    this.fail(peer)
  }

  private fail(peer: ClusterPeer): void {
    peer.isFailed = true
    peer.isSuspect = false
    peer.failedAt = this.now
  }

  /** The node answers again. FAIL is cleared at once for a replica, and later for a master whose slots nobody took. */
  answered(peer: ClusterPeer): void {
    const { member } = this
    peer.isSuspect = false
    if (!peer.isFailed) return
    const hasSlots = peer.master === undefined && member.view.counts[peer.id] > 0
    if (hasSlots && this.now - peer.failedAt <= REPORT_LIFE * member.options.nodeTimeout) return
    peer.isFailed = false
    member.report({ kind: 'fail-cleared', about: peer.id })
  }

  /** Decides whether requests are served. */
  update(): void {
    const { member, now } = this
    if (member.isMaster && !this.isOk && now - this.startedAt < START_DELAY) return
    const isOk = this.hasMajority() && (!member.options.fullCoverage || this.isCovered())
    if (isOk === this.isOk) return
    const { nodeTimeout } = member.options
    const delay = Math.min(REJOIN.most, Math.max(REJOIN.least, nodeTimeout))
    if (isOk && member.isMaster && now - this.inMinorityAt < delay) return
    this.isOk = isOk
    member.report({ kind: 'state', isOk })
  }

  private hasMajority(): boolean {
    const { view } = this.member
    let reachable = 0
    for (const peer of view.peers)
      if (view.counts[peer.id] > 0 && !peer.isSuspect && !peer.isFailed) reachable++
    const has = reachable >= view.majority
    if (!has) this.inMinorityAt = this.now
    return has
  }

  private isCovered(): boolean {
    const { view } = this.member
    let covered = 0
    for (const peer of view.peers) if (!peer.isFailed) covered += view.counts[peer.id]
    return covered === view.owners.length
  }
}
