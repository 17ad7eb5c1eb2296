import type { Random } from '../../random/random.js'
import type { Info } from '../messages/protocol.js'
import type { Instance } from './instance.js'
import type { SentinelOptions } from './protocol.js'

/** Milliseconds: sentinel.c of Redis 7.0. */
const ELECTION_TIMEOUT = 10_000
const RECONFIGURATION_TIMEOUT = 10_000
const DESYNC = 1000
const PING_PERIOD = 1000
/** Replicas that copy from the new master at a time: parallel-syncs. */
const PARALLEL_SYNCS = 1

type State =
  | 'none'
  | 'wait-start'
  | 'select-slave'
  | 'send-slaveof-noone'
  | 'wait-promotion'
  | 'reconf-slaves'
  | 'update-config'

/** What a failover needs of its sentinel. */
export interface FailoverHost {
  readonly id: number
  readonly now: number
  readonly random: Random
  readonly options: SentinelOptions
  readonly master: Instance
  readonly replicas: ReadonlyMap<number, Instance>
  readonly sentinels: ReadonlyMap<number, Instance>
  readonly isObjectivelyDown: boolean
  epoch: number
  configEpoch: number
  event(name: string, instance?: Instance, more?: string): void
  voteFor(candidate: number, epoch: number): { leader: number; epoch: number } | undefined
  publishSoon(): void
  reconfigure(replica: Instance, master: number | undefined): void
  switchMaster(next: number): void
}

/** A sentinel's failover of its master: a state machine, which the timer advances. */
export class Failover {
  private state: State = 'none'
  private epoch = 0
  private startedAt = -Infinity
  private changedAt = 0
  private promoted: Instance | undefined

  constructor(protected readonly sentinel: FailoverHost) {}

  get isInProgress(): boolean {
    return this.state !== 'none'
  }

  /** The promoted replica, until the failover ends. */
  get promotedMaster(): number | undefined {
    return this.isReconfiguring ? this.promoted?.id : undefined
  }

  /** The epoch of the new master that is announced. */
  get announcedEpoch(): number | undefined {
    return this.isReconfiguring ? this.epoch : undefined
  }

  private get isReconfiguring(): boolean {
    return this.state === 'reconf-slaves' || this.state === 'update-config'
  }

  /** Delays the next attempt, after a vote for another sentinel. */
  postpone(): void {
    this.startedAt = this.sentinel.now + this.sentinel.random.below(DESYNC)
  }

  reset(): void {
    this.state = 'none'
    this.startedAt = -Infinity
    this.promoted = undefined
  }

  /** Starts a failover if the master is objectively down and there was no recent attempt. */
  startIfNeeded(): boolean {
    const { sentinel } = this
    if (!sentinel.isObjectivelyDown || this.isInProgress) return false
    if (sentinel.now - this.startedAt < 2 * sentinel.options.failoverTimeout) return false
    this.epoch = ++sentinel.epoch
    sentinel.event('+new-epoch', undefined, String(this.epoch))
    sentinel.event('+try-failover', sentinel.master)
    this.enter('wait-start')
    this.postpone()
    return true
  }

  private enter(state: State): void {
    this.state = state
    this.changedAt = this.sentinel.now
  }

  private abort(reason: string): void {
    this.sentinel.event(`-failover-abort-${reason}`, this.sentinel.master)
    this.state = 'none'
    this.promoted = undefined
  }

  /** One run of the timer. */
  step(): void {
    switch (this.state) {
      case 'wait-start':
        this.waitForVotes()
        break
      case 'select-slave':
        this.select()
        break
      case 'send-slaveof-noone':
        this.promote()
        break
      case 'wait-promotion':
        if (this.isLate) this.abort('slave-timeout')
        break
      case 'reconf-slaves':
        this.reconfigureNext()
        break
    }
  }

  private get isLate(): boolean {
    return this.sentinel.now - this.changedAt > this.sentinel.options.failoverTimeout
  }

  private waitForVotes(): void {
    const { sentinel } = this
    if (this.leader() !== sentinel.id) {
      const patience = Math.min(ELECTION_TIMEOUT, sentinel.options.failoverTimeout)
      if (sentinel.now - this.startedAt > patience) this.abort('not-elected')
      return
    }
    sentinel.event('+elected-leader', sentinel.master)
    this.enter('select-slave')
    sentinel.event('+failover-state-select-slave', sentinel.master)
  }

  /** The votes that a leader needs: a majority of all known sentinels, and at least the quorum. */
  protected get votesNeeded(): number {
    const { sentinels, options } = this.sentinel
    return Math.max(Math.floor((sentinels.size + 1) / 2) + 1, options.quorum)
  }

  /** The leader of this epoch by the votes so far. */
  private leader(): number | undefined {
    const { sentinel, epoch } = this
    const votes = new Map<number, number>()
    const add = (candidate: number) => votes.set(candidate, (votes.get(candidate) ?? 0) + 1)
    for (const { leader, leaderEpoch } of sentinel.sentinels.values())
      if (leader !== undefined && leaderEpoch === sentinel.epoch) add(leader)
    const own = sentinel.voteFor(most(votes) ?? sentinel.id, epoch)
    if (own?.epoch === epoch) add(own.leader)
    const winner = most(votes)
    return winner !== undefined && votes.get(winner)! >= this.votesNeeded ? winner : undefined
  }

  private select(): void {
    const { sentinel } = this
    const chosen = this.bestReplica()
    if (!chosen) {
      this.abort('no-good-slave')
      return
    }
    this.promoted = chosen
    sentinel.event('+selected-slave', chosen)
    this.enter('send-slaveof-noone')
    sentinel.event('+failover-state-send-slaveof-noone', chosen)
  }

  /** The replica to promote: the lowest priority that isn't 0, then the furthest offset, then the smallest run id. */
  private bestReplica(): Instance | undefined {
    const candidates = [...this.sentinel.replicas.values()].filter((replica) => this.isEligible(replica))
    return candidates.sort((a, b) => {
      const [x, y] = [a.info!, b.info!]
      return x.priority - y.priority || y.offset - x.offset || (x.runId < y.runId ? -1 : 1)
    })[0]
  }

  /**
   * Whether a replica is reachable, was heard from lately, and lost the master not long before the master went down.
   */
  protected isEligible({ isDown, isConnected, lastAvailable, info, infoAt }: Instance): boolean {
    const { sentinel } = this
    const { now, master, options } = sentinel
    if (isDown || !isConnected || now - lastAvailable > 5 * PING_PERIOD || !info) return false
    if (info.priority === 0 || now - infoAt > 5 * PING_PERIOD) return false
    const downFor = master.downSince === undefined ? 0 : now - master.downSince
    return info.linkDownFor <= downFor + 10 * options.downAfter
  }

  private promote(): void {
    const { sentinel, promoted } = this
    if (!promoted?.isConnected) {
      if (this.isLate) this.abort('slave-timeout')
      return
    }
    sentinel.reconfigure(promoted, undefined)
    sentinel.event('+failover-state-wait-promotion', promoted)
    this.enter('wait-promotion')
  }

  /** Takes a replica's INFO, which may be what the failover waits for. */
  heard(replica: Instance, info: Info): boolean {
    const { sentinel, promoted } = this
    if (this.state === 'wait-promotion' && replica === promoted && info.master === undefined) {
      sentinel.configEpoch = this.epoch
      sentinel.event('+promoted-slave', replica)
      this.enter('reconf-slaves')
      sentinel.event('+failover-state-reconf-slaves', sentinel.master)
      sentinel.publishSoon()
      return true
    }
    if (replica.reconfiguration === 'sent' && info.master === promoted?.id) {
      replica.reconfiguration = 'inprog'
      sentinel.event('+slave-reconf-inprog', replica)
    }
    if (replica.reconfiguration === 'inprog' && info.isLinkUp) {
      replica.reconfiguration = 'done'
      sentinel.event('+slave-reconf-done', replica)
    }
    return replica === promoted
  }

  private reconfigureNext(): void {
    const { sentinel, promoted } = this
    const others = [...sentinel.replicas.values()].filter((replica) => replica !== promoted)
    let busy = others.filter(({ reconfiguration }) => ['sent', 'inprog'].includes(reconfiguration)).length
    for (const replica of others) {
      if (
        replica.reconfiguration === 'sent' &&
        sentinel.now - replica.reconfiguredAt > RECONFIGURATION_TIMEOUT
      ) {
        sentinel.event('-slave-reconf-sent-timeout', replica)
        replica.reconfiguration = 'none'
        busy--
      }
      if (replica.reconfiguration !== 'none' || !replica.isConnected || busy >= PARALLEL_SYNCS) continue
      sentinel.reconfigure(replica, promoted!.id)
      replica.reconfiguration = 'sent'
      replica.reconfiguredAt = sentinel.now
      busy++
      sentinel.event('+slave-reconf-sent', replica)
    }
    const waits = others.some(({ reconfiguration, isDown }) => reconfiguration !== 'done' && !isDown)
    if (promoted?.isDown || (waits && !this.isLate)) return
    if (waits) sentinel.event('+failover-end-for-timeout', sentinel.master)
    sentinel.event('+failover-end', sentinel.master)
    this.enter('update-config')
  }

  /** At the end of a run of the timer: switches to the new master. */
  finish(): void {
    if (this.state === 'update-config') this.sentinel.switchMaster(this.promoted!.id)
  }
}

/** The candidate with the most votes; of several, the one with the lowest number. */
function most(votes: ReadonlyMap<number, number>): number | undefined {
  let winner: number | undefined
  for (const [candidate, count] of votes) {
    const best = winner === undefined ? 0 : votes.get(winner)!
    if (count > best || (count === best && candidate < winner!)) winner = candidate
  }
  return winner
}
