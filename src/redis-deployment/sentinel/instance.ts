import type { Info } from '../messages/protocol.js'

/** Where a replica is on its way to a new master. */
export type Reconfiguration = 'none' | 'sent' | 'inprog' | 'done'

/** What a sentinel knows of a node, or of another sentinel. Times are milliseconds. */
export class Instance {
  isConnected = false
  /** When the first ping was sent that is still unanswered; undefined where all are answered. */
  unansweredSince: number | undefined
  lastPing = -Infinity
  lastPong: number
  lastAvailable: number
  lastConnect = -Infinity
  lastInfoAsked = -Infinity
  lastPublish: number
  /** Since when it is subjectively down. */
  downSince: number | undefined
  info: Info | undefined
  infoAt = -Infinity
  /** Since when INFO has been giving this role. */
  roleSince: number
  /** Since when INFO has been naming this master. */
  masterSince: number
  reconfiguration: Reconfiguration = 'none'
  reconfiguredAt = 0
  /** Of a sentinel: whether it says that the master is down, when it said so, and its vote. */
  saysDown = false
  saidAt = -Infinity
  leader: number | undefined
  leaderEpoch = 0

  constructor(
    readonly id: number,
    readonly role: 'master' | 'slave' | 'sentinel',
    now: number,
  ) {
    // As a sentinel makes one: it counts as pinged, so that one that never answers is down in its time.
    this.unansweredSince = now
    this.lastPong = now
    this.lastAvailable = now
    this.lastPublish = now
    this.roleSince = now
    this.masterSince = now
  }

  get isDown(): boolean {
    return this.downSince !== undefined
  }

  /** Milliseconds for which it hasn't been heard of. */
  silence(now: number): number {
    if (this.unansweredSince !== undefined) return now - this.unansweredSince
    return this.isConnected ? 0 : now - this.lastAvailable
  }

  pong(now: number): void {
    this.isConnected = true
    this.unansweredSince = undefined
    this.lastPong = now
    this.lastAvailable = now
  }

  learn(info: Info, now: number): void {
    if (this.info && (this.info.master === undefined) !== (info.master === undefined)) this.roleSince = now
    if (this.info && this.info.master !== info.master) this.masterSince = now
    this.info = info
    this.infoAt = now
  }
}
