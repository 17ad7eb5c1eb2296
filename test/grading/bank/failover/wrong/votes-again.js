// slip: election, vote
// Votes for everybody who asks.

export * from '../right/plain.js'

export const vote = (mine, { candidate, epoch }) =>
  epoch < mine.epoch ? mine : { epoch, vote: { leader: candidate, epoch } }
