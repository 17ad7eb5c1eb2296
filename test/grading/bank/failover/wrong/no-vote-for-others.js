// slip: election, vote
// Keeps its vote when the epoch grows.

export * from '../right/plain.js'

export const vote = (mine, { candidate, epoch }) => ({
  epoch: Math.max(mine.epoch, epoch),
  vote: mine.vote ?? (epoch < mine.epoch ? null : { leader: candidate, epoch }),
})
