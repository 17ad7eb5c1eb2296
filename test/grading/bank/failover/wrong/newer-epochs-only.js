// slip: vote
// Votes only in epochs that it has not heard of.

export * from '../right/plain.js'

export const vote = (mine, { candidate, epoch }) =>
  epoch <= mine.epoch ? mine : { epoch, vote: { leader: candidate, epoch } }
