// slip: vote
// Votes in an older epoch than its own.

export * from '../right/plain.js'

export function vote(mine, { candidate, epoch }) {
  const hasVoted = mine.vote && mine.vote.epoch >= epoch
  return {
    epoch: Math.max(mine.epoch, epoch),
    vote: hasVoted ? mine.vote : { leader: candidate, epoch },
  }
}
