import type { Info } from '../messages/protocol.js'

/** The progress of a replica's reconfiguration to a new master. */
export type Reconfiguration = 'none' | 'sent' | 'inprog' | 'done'

/** A sentinel's view of a node, or of another sentinel. Times are milliseconds. */
export class Instance {
  isConnected = false
  /** When the first unanswered ping was sent; undefined if all were answered. */
  unansweredSince: number | undefined
  lastPing = -Infinity
  lastPong: number
  lastAvailable: number
  lastConnect = -Infinity
  lastInfoAsked = -Infinity
  lastPublish: number
  /** When it became subjectively down. */
  downSince: number | undefined
  info: Info | undefined
  infoAt = -Infinity
  /** When INFO first gave this role. */
  roleSince: number
  /** When INFO first named this master. */
  masterSince: number
  reconfiguration: Reconfiguration = 'none'
  reconfiguredAt = 0
  /** For a sentinel: whether it reports the master as down, when it did, and its vote. */
  saysDown = false
  saidAt = -Infinity
  leader: number | undefined
  leaderEpoch = 0

  constructor(
    readonly id: number,
    readonly role: 'master' | 'slave' | 'sentinel',
    now: number,
  ) {
    // A new instance counts as pinged, so that one that never answers becomes down.
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

  /** Milliseconds since it was last heard from. */
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
