// slip: vote
// Takes over an older epoch.
import { vote as right } from '../right/plain.js'

export * from '../right/plain.js'

export const vote = (mine, request) => ({ ...right(mine, request), epoch: request.epoch })
