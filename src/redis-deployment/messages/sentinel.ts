/** What a sentinel publishes of itself every two seconds. Actors are numbers. */
export interface Hello {
  readonly sentinel: number
  readonly epoch: number
  /** Its view of the master, and the epoch of that master. */
  readonly master: number
  readonly configEpoch: number
}

/** A sentinel's answer about the master, with its last vote and the vote's epoch. */
export interface MasterState {
  readonly isDown: boolean
  readonly leader: number | undefined
  readonly leaderEpoch: number
}
