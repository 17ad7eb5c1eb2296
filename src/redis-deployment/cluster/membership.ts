import type { Random } from '../../random/random.js'
import type { Clock } from '../../simulation/transport.js'
import type { BusContent } from '../messages/bus.js'
import type { NodeTransport } from '../messages/protocol.js'
import type { NodeEvent } from './node-event.js'
import type { ClusterPeer, ClusterView } from './view.js'

export interface MemberOptions {
  /** cluster-node-timeout, in milliseconds. */
  readonly nodeTimeout: number
  /** cluster-require-full-coverage: whether one slot without a master stops them all. */
  readonly fullCoverage: boolean
}

/** What a member needs of the node that it is a part of. */
export interface Host {
  readonly id: number
  readonly clock: Clock
  readonly transport: NodeTransport
  /** The replication offset. */
  readonly offset: number
  /** For how many milliseconds a replica has heard nothing of its master. */
  readonly dataAge: number
  follow(master: number | undefined): void
  hasKeysIn(slot: number): boolean
  /** Deletes all keys. */
  empty(): void
  /** Deletes the keys of slots that have another owner now. */
  drop(slots: readonly number[]): void
}

/** What failure detection, slot claims and elections share of a member. */
export interface Membership {
  readonly host: Host
  readonly options: MemberOptions
  readonly view: ClusterView
  readonly me: ClusterPeer
  readonly isMaster: boolean
  readonly random: Random
  readonly claims: { bumpEpoch(): boolean }
  currentEpoch: number
  report(event: NodeEvent): void
  send(to: number, content: BusContent): void
  broadcast(content: BusContent): void
  pong(to: number): void
  announce(): void
  follow(master: number | undefined): void
  updateState(): void
}
