import { createRandom, type Random } from '../../random/random.js'
import { Process } from '../../simulation/process.js'
import {
  type Actor,
  type Info,
  ignore,
  type NodeReply,
  type NodeRequest,
  REFUSED,
  type Surroundings,
} from '../messages/protocol.js'
import type { Hello } from '../messages/sentinel.js'
import { Failover, type FailoverHost } from './failover.js'
import { Instance } from './instance.js'
import type { SentinelEvent, SentinelOptions } from './protocol.js'

/** Milliseconds: sentinel.c of Redis 7.0. */
const PING_PERIOD = 1000
const INFO_PERIOD = 10_000
const PUBLISH_PERIOD = 2000
export const ASK_PERIOD = 1000
/** The timer's period is a second ÷ a random rate, so that sentinels don't act in step. */
const RATES = [10, 20] as const
/** How long a node may have the wrong role before a sentinel reconfigures it. */
const ROLE_PATIENCE = 4 * PUBLISH_PERIOD
/** Milliseconds that a sentinel takes for a message. */
const SERVICE = 0.02

/** The nodes that a sentinel watches at the start. */
export interface Watched {
  readonly master: number
  readonly replicas: readonly number[]
  readonly sentinels: readonly number[]
}

/**
 * A Redis Sentinel. It pings the master, its replicas and the other sentinels. The sentinels agree that the master is
 * down, and elect a leader, which promotes a replica. Clients ask any sentinel for the master's address.
 *
 * After sentinel.c of Redis 7.0: the same timers, the same order of steps, the same names of events.
 */
export class Sentinel extends Process implements Actor, FailoverHost {
  readonly id: number
  epoch = 0
  /** The epoch in which the master became master. */
  configEpoch = 0
  master: Instance
  replicas = new Map<number, Instance>()
  readonly sentinels = new Map<number, Instance>()
  isObjectivelyDown = false
  readonly failover: Failover
  readonly random: Random
  /** Its last vote. */
  private vote: { readonly leader: number; readonly epoch: number } | undefined

  constructor(
    readonly around: Surroundings,
    readonly options: SentinelOptions,
    watched: Watched,
    private readonly report: (event: SentinelEvent) => void,
    private readonly nameOf: (actor: number) => string,
  ) {
    super(around.clock, SERVICE)
    this.id = around.id
    this.random = createRandom(around.seed, `sentinel-${around.id}`)
    this.master = new Instance(watched.master, 'master', this.now)
    for (const id of watched.replicas) this.replicas.set(id, new Instance(id, 'slave', this.now))
    for (const id of watched.sentinels)
      if (id !== this.id) this.sentinels.set(id, new Instance(id, 'sentinel', this.now))
    // The sentinel has been running for a while, so its periodic work is due at a random time.
    for (const instance of this.instances) {
      instance.lastInfoAsked = this.now - INFO_PERIOD * this.random.next()
      instance.lastPublish = this.now - PUBLISH_PERIOD * this.random.next()
    }
    this.failover = this.createFailover()
    this.scheduleTick()
  }

  protected createFailover(): Failover {
    return new Failover(this)
  }

  get now(): number {
    return this.around.clock.now
  }

  /** The address that clients are given. */
  get currentMaster(): number {
    return this.failover.promotedMaster ?? this.master.id
  }

  private get instances(): Instance[] {
    return [this.master, ...this.replicas.values(), ...this.sentinels.values()]
  }

  event(name: string, instance?: Instance, more = ''): void {
    const named = instance && this.nameOf(instance.id)
    const about = instance?.role === named ? '' : (instance?.role ?? '')
    const subject = [about, named, more].filter(Boolean).join(' ')
    this.report({ time: this.now, sentinel: this.id, name, subject })
  }

  private scheduleTick(): void {
    const rate = RATES[0] + this.random.below(RATES[1] - RATES[0])
    this.around.clock.after(1000 / rate, () => {
      if (this.state === 'up') this.tick()
      this.scheduleTick()
    })
  }

  /** One run of the timer: the master, then its replicas, then the other sentinels. */
  private tick(): void {
    const { master } = this
    this.connect(master)
    this.sendPeriodic(master)
    this.checkSubjectivelyDown(master)
    this.checkObjectivelyDown()
    if (this.failover.startIfNeeded()) this.askOthers(true)
    this.failover.step()
    this.askOthers(false)
    for (const instance of [...this.replicas.values(), ...this.sentinels.values()]) {
      this.connect(instance)
      this.sendPeriodic(instance)
      this.checkSubjectivelyDown(instance)
    }
    this.failover.finish()
  }

  private connect(instance: Instance): void {
    if (instance.isConnected || this.now - instance.lastConnect < PING_PERIOD) return
    instance.lastConnect = this.now
    instance.isConnected = true
    this.ping(instance)
  }

  private sendPeriodic(instance: Instance): void {
    if (!instance.isConnected) return
    const { now } = this
    const pingPeriod = Math.min(this.options.downAfter, PING_PERIOD)
    if (instance.role !== 'sentinel' && now - instance.lastInfoAsked > this.infoPeriod(instance)) {
      instance.lastInfoAsked = now
      this.around.peers.send(instance.id, { kind: 'info' }, (reply) => this.heardInfo(instance, reply))
    }
    if (now - instance.lastPong > pingPeriod && now - instance.lastPing > pingPeriod / 2) this.ping(instance)
    if (now - instance.lastPublish > PUBLISH_PERIOD) this.publish(instance)
  }

  private infoPeriod({ role, info }: Instance): number {
    const isUrgent =
      role === 'slave' &&
      (this.isObjectivelyDown ||
        this.failover.isInProgress ||
        (info !== undefined && !info.isLinkUp && info.master !== undefined))
    return isUrgent ? PING_PERIOD : INFO_PERIOD
  }

  private ping(instance: Instance): void {
    instance.lastPing = this.now
    instance.unansweredSince ??= this.now
    this.around.peers.send(instance.id, { kind: 'ping' }, (reply) => {
      if (this.state !== 'up') return
      if (reply.status === 'refused') instance.isConnected = false
      else instance.pong(this.now)
    })
  }

  private publish(instance: Instance): void {
    instance.lastPublish = this.now
    const { id, epoch, configEpoch, currentMaster } = this
    const hello: Hello = {
      sentinel: id,
      epoch,
      master: currentMaster,
      configEpoch: this.failover.announcedEpoch ?? configEpoch,
    }
    const kind = instance.role === 'sentinel' ? 'hello' : 'publish'
    this.around.peers.send(instance.id, { kind, hello }, ignore)
  }

  /** Publishes to all in the next run of the timer. */
  publishSoon(): void {
    for (const instance of this.instances) instance.lastPublish = -Infinity
  }

  private checkSubjectivelyDown(instance: Instance): void {
    const { now, options } = this
    const isWrongMaster =
      instance.role === 'master' &&
      instance.info?.master !== undefined &&
      now - instance.roleSince > options.downAfter + 2 * INFO_PERIOD
    if (instance.silence(now) > options.downAfter || isWrongMaster) {
      if (instance.isDown) return
      instance.downSince = now
      this.event('+sdown', instance)
    } else if (instance.isDown) {
      instance.downSince = undefined
      this.event('-sdown', instance)
    }
  }

  private checkObjectivelyDown(): void {
    const { master, options } = this
    let count = 0
    if (master.isDown) {
      count = 1
      for (const { saysDown } of this.sentinels.values()) if (saysDown) count++
    }
    const isDown = count >= options.quorum && master.isDown
    if (isDown === this.isObjectivelyDown) return
    this.isObjectivelyDown = isDown
    this.event(isDown ? '+odown' : '-odown', master, isDown ? `#quorum ${count}/${options.quorum}` : '')
  }

  /** Asks the other sentinels whether the master is down, and for their votes during a failover. */
  private askOthers(isForced: boolean): void {
    const { now, master, epoch } = this
    for (const other of this.sentinels.values()) {
      if (now - other.saidAt > 5 * ASK_PERIOD) {
        other.saysDown = false
        other.leader = undefined
      }
      if (!master.isDown || !other.isConnected) continue
      if (!isForced && now - other.saidAt < ASK_PERIOD) continue
      const candidate = this.failover.isInProgress ? this.id : undefined
      this.around.peers.send(
        other.id,
        { kind: 'is-master-down', master: master.id, epoch, candidate },
        (reply) => this.heardState(other, reply),
      )
    }
  }

  private heardState(other: Instance, reply: NodeReply): void {
    if (this.state !== 'up' || reply.status !== 'master-state') return
    const { isDown, leader, leaderEpoch } = reply.state
    other.saidAt = this.now
    other.saysDown = isDown
    if (leader === undefined) return
    other.leader = leader
    other.leaderEpoch = leaderEpoch
  }

  handle(request: NodeRequest, answer: (reply: NodeReply) => void): void {
    this.enqueue(
      1,
      () => this.serve(request, answer),
      () => answer(REFUSED),
    )
  }

  private serve(request: NodeRequest, answer: (reply: NodeReply) => void): void {
    if (request.kind === 'ping') answer({ status: 'pong' })
    else if (request.kind === 'get-master') answer({ status: 'master', master: this.currentMaster })
    else if (request.kind === 'hello') this.heardHello(request.hello)
    else if (request.kind === 'is-master-down') {
      const isDown = request.master === this.master.id && this.master.isDown
      const vote =
        request.candidate === undefined ? undefined : this.voteFor(request.candidate, request.epoch)
      answer({
        status: 'master-state',
        state: { isDown, leader: vote?.leader, leaderEpoch: vote?.epoch ?? 0 },
      })
    }
  }

  /** Votes for the first candidate of an epoch; its last vote. */
  voteFor(candidate: number, epoch: number): { leader: number; epoch: number } | undefined {
    this.raiseEpoch(epoch)
    if ((this.vote?.epoch ?? 0) < epoch && this.epoch <= epoch) {
      this.vote = { leader: candidate, epoch }
      this.event('+vote-for-leader', undefined, `${this.nameOf(candidate)} ${epoch}`)
      if (candidate !== this.id) this.failover.postpone()
    }
    return this.vote
  }

  private raiseEpoch(epoch: number): void {
    if (epoch <= this.epoch) return
    this.epoch = epoch
    this.event('+new-epoch', undefined, String(epoch))
  }

  private heardHello({ sentinel, epoch, master, configEpoch }: Hello): void {
    if (sentinel === this.id) return
    this.raiseEpoch(epoch)
    if (configEpoch <= this.configEpoch) return
    this.configEpoch = configEpoch
    if (master === this.master.id) return
    this.event('+config-update-from', undefined, `sentinel ${this.nameOf(sentinel)}`)
    this.switchMaster(master)
  }

  /** Switches to another master; the old one becomes a replica. */
  switchMaster(next: number): void {
    const { master, now } = this
    this.event('+switch-master', undefined, `${this.nameOf(master.id)} → ${this.nameOf(next)}`)
    const replicas = [...this.replicas.keys(), master.id].filter((id) => id !== next)
    this.master = new Instance(next, 'master', now)
    this.replicas = new Map(replicas.map((id) => [id, new Instance(id, 'slave', now)]))
    this.isObjectivelyDown = false
    this.failover.reset()
    for (const replica of this.replicas.values()) this.event('+slave', replica)
  }

  private heardInfo(instance: Instance, reply: NodeReply): void {
    if (this.state !== 'up') return
    if (reply.status === 'refused') instance.isConnected = false
    if (reply.status !== 'info') return
    instance.learn(reply.info, this.now)
    if (instance.role === 'slave') this.correct(instance, reply.info)
  }

  /** Reconfigures a replica that has the wrong role or the wrong master. */
  private correct(replica: Instance, info: Info): void {
    const { now, master } = this
    if (
      this.failover.heard(replica, info) ||
      this.failover.isInProgress ||
      this.replicas.get(replica.id) !== replica
    )
      return
    const isSane =
      !master.isDown && master.info?.master === undefined && master.infoAt > now - 2 * INFO_PERIOD
    if (!isSane || replica.isDown) return
    if (info.master === undefined && now - replica.roleSince > ROLE_PATIENCE) {
      this.event('+convert-to-slave', replica)
      this.reconfigure(replica, master.id)
    } else if (
      info.master !== undefined &&
      info.master !== master.id &&
      now - replica.masterSince > this.options.failoverTimeout
    ) {
      this.event('+fix-slave-config', replica)
      this.reconfigure(replica, master.id)
    }
  }

  reconfigure(replica: Instance, master: number | undefined): void {
    this.around.peers.send(replica.id, { kind: 'replicaof', master }, ignore)
  }

  closed(peer: number): void {
    for (const instance of [this.master, this.replicas.get(peer), this.sentinels.get(peer)])
      if (instance?.id === peer) instance.isConnected = false
  }
}
