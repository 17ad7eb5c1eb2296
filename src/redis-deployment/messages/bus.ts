/** Which slots a node claims: a bit for each of the 16384, 32 a word. Never changed once it has been sent. */
export type Claim = Uint32Array

/** What a node says of another. */
export interface Gossip {
  readonly node: number
  readonly isFailing: boolean
  readonly pongReceived: number
}

/** What a message on the cluster bus is about. */
export type BusContent =
  | { readonly type: 'ping' | 'pong'; readonly gossip: readonly Gossip[] }
  /** A majority of masters holds a node for down. */
  | { readonly type: 'fail'; readonly node: number }
  /** A replica asks for votes, to take its master's slots. */
  | { readonly type: 'auth-request' }
  | { readonly type: 'auth-ack' }
  /** Somebody claims slots that are another's by now. */
  | { readonly type: 'update'; readonly node: number; readonly nodeEpoch: number; readonly nodeClaim: Claim }

/** What nodes of a cluster say to one another, beside what clients ask and masters replicate; and of the sender. */
export interface BusMessage {
  readonly kind: 'bus'
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
