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
