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
