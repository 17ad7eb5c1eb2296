/** Which slots a node claims: a bit for each of the 16384, 32 a word. Never changed once it has been sent. */
export type Claim = Uint32Array

/** A node's view of another node, in a ping. */
export interface Gossip {
  readonly node: number
  readonly isFailing: boolean
  readonly pongReceived: number
}

/** The content of a message on the cluster bus. */
export type BusContent =
  | { readonly type: 'ping' | 'pong' | 'meet'; readonly gossip: readonly Gossip[] }
  /** A majority of the masters reports a node as down. */
  | { readonly type: 'fail'; readonly node: number }
  /** A replica asks for votes, to take its master's slots: a failed master's, unless it is forced. */
  | { readonly type: 'auth-request'; readonly isForced: boolean }
  /** A replica asks its master to make writes wait, for a manual failover. */
  | { readonly type: 'failover-start' }
  | { readonly type: 'auth-ack' }
  /** Tells a node that claims slots of another owner about that owner. */
  | { readonly type: 'update'; readonly node: number; readonly nodeEpoch: number; readonly nodeClaim: Claim }

/** A message on the cluster bus, with the state of its sender. */
export interface BusMessage {
  readonly kind: 'bus'
  /** The sender's id: forty hexadecimal digits. */
  readonly name: string
  /** Whether the sender makes writes wait, for a manual failover. */
  readonly isPaused: boolean
  readonly currentEpoch: number
  /** The sender's, or for a replica its master's. */
  readonly configEpoch: number
  /** The sender's slots, or for a replica its master's. */
  readonly claim: Claim
  /** Whose replica the sender is; undefined for a master. */
  readonly master: number | undefined
  readonly offset: number
  readonly content: BusContent
}
