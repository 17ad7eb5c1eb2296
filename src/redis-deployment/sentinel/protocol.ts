/** An event in a sentinel's log, with the name that a real sentinel logs, and its subject. */
export interface SentinelEvent {
  readonly time: number
  readonly sentinel: number
  readonly name: string
  readonly subject: string
}

export interface SentinelOptions {
  /** Sentinels that must see the master down before any may act. */
  readonly quorum: number
  /** Milliseconds without a valid answer after which a sentinel considers an instance down. */
  readonly downAfter: number
  readonly failoverTimeout: number
}
