import type { Reply } from '../../redis/reply.js'
import type { Value } from '../../redis/values/value.js'
import type { Listener } from '../../simulation/network.js'
import type { Clock, Transport } from '../../simulation/transport.js'
import type { BusMessage } from './bus.js'
import type { Hello, MasterState } from './sentinel.js'

export type Argv = readonly string[]

/** The result of a client's command: a reply, the first word of an error, or the failure of the connection. */
export type Result = { readonly reply: Reply } | { readonly error: string }

/** A key with its value, as a snapshot has it. */
export interface KeyState {
  readonly db: number
  readonly key: string
  readonly value: Value
  /** Milliseconds of the server's clock; Infinity for never. */
  readonly expiresAt: number
}

/** A change of keys: a command to run again, or the new state of a key, undefined if it was removed. */
export type Change =
  | { readonly db: number; readonly words: Argv }
  | {
      readonly db: number
      readonly key: string
      readonly value: Value | undefined
      readonly expiresAt: number
    }

/** A command's changes, and the offsets of the log before and after them. */
export interface LogEntry {
  readonly from: number
  readonly to: number
  readonly changes: readonly Change[]
}

/** Requests among Redis nodes, sentinels and clients. */
export type NodeRequest =
  | { readonly kind: 'commands'; readonly commands: readonly Argv[] }
  | { readonly kind: 'ping' }
  | { readonly kind: 'info' }
  /** REPLICAOF: of a node, or of none. */
  | { readonly kind: 'replicaof'; readonly master: number | undefined }
  /** A replica asks for what it lacks: a full copy, or the log after an offset of a history. */
  | { readonly kind: 'psync'; readonly history: string; readonly offset: number }
  /** A master sends an entry of its log. */
  | { readonly kind: 'log'; readonly history: string; readonly entry: LogEntry }
  /** A replica's offset. */
  | { readonly kind: 'ack'; readonly offset: number }
  /** MIGRATE sends keys to another node. */
  | { readonly kind: 'restore'; readonly keys: readonly KeyState[] }
  /** A sentinel publishes itself, and a node passes it on to the sentinels that listen. */
  | { readonly kind: 'publish'; readonly hello: Hello }
  | { readonly kind: 'hello'; readonly hello: Hello }
  /** SENTINEL IS-MASTER-DOWN-BY-ADDR, with a candidate where a vote is asked for. */
  | {
      readonly kind: 'is-master-down'
      readonly master: number
      readonly epoch: number
      readonly candidate: number | undefined
    }
  /** SENTINEL GET-MASTER-ADDR-BY-NAME. */
  | { readonly kind: 'get-master' }
  | BusMessage

/** What a node says of itself to INFO. */
export interface Info {
  readonly runId: string
  readonly master: number | undefined
  /** Whether a replica's link to its master is up, and for how many milliseconds it has been down. */
  readonly isLinkUp: boolean
  readonly linkDownFor: number
  readonly offset: number
  readonly priority: number
  readonly replicas: readonly number[]
}

export type NodeReply =
  | { readonly status: 'replies'; readonly replies: readonly Reply[] }
  | { readonly status: 'pong' }
  | { readonly status: 'info'; readonly info: Info }
  | { readonly status: 'ok' }
  | { readonly status: 'continue'; readonly history: string; readonly entries: readonly LogEntry[] }
  | {
      readonly status: 'snapshot'
      readonly history: string
      readonly offset: number
      readonly keys: readonly KeyState[]
    }
  /** A sentinel's view of the master, and its vote. */
  | { readonly status: 'master-state'; readonly state: MasterState }
  | { readonly status: 'master'; readonly master: number | undefined }
  /** The connection was refused or lost. */
  | { readonly status: 'refused' }
  /** No answer in time. */
  | { readonly status: 'timeout' }

export const REFUSED: NodeReply = { status: 'refused' }
export const TIMED_OUT: NodeReply = { status: 'timeout' }

export type NodeTransport = Transport<NodeRequest, NodeReply>

/** A participant: a node, a sentinel or a client. */
export interface Actor extends Listener<NodeRequest, NodeReply> {
  /** The peer's machine has closed the connection, because the peer was killed. */
  closed?(peer: number): void
}

/** How an actor is connected with the others. */
export interface Surroundings {
  readonly id: number
  readonly clock: Clock
  readonly peers: NodeTransport
  readonly seed: number
}

export function ignore(): void {}
