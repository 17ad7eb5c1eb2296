/** What a sentinel publishes of itself every two seconds. Actors are numbers. */
export interface Hello {
  readonly sentinel: number
  readonly epoch: number
  /** The master as it sees it, and the epoch in which that became so. */
  readonly master: number
  readonly configEpoch: number
}

/** How a sentinel answers another that asks about the master, and whom it has voted for in which epoch. */
export interface MasterState {
  readonly isDown: boolean
  readonly leader: number | undefined
  readonly leaderEpoch: number
}

/** Something that a sentinel says in its log: the real one's name of it, and what it is about. */
export interface SentinelEvent {
  readonly time: number
  readonly sentinel: number
  readonly name: string
  readonly subject: string
}

export interface SentinelOptions {
  /** Sentinels that must see the master down before any may act. */
  readonly quorum: number
  /** Milliseconds without a valid answer after which a sentinel holds an instance for down. */
  readonly downAfter: number
  readonly failoverTimeout: number
}
