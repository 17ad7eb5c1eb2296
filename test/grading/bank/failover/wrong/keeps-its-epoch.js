// slip: election, vote
// Votes, and does not take over the epoch.
import { vote as right } from '../right/plain.js'

export * from '../right/plain.js'

export const vote = (mine, request) => ({ ...right(mine, request), epoch: mine.epoch })
