// slip: election, majority
// The quorum is enough to lead.

export * from '../right/plain.js'

export function isLeader(view) {
  const votes = [view.vote, ...view.sentinels.filter((one) => one.reportAgeMs <= 5000).map((one) => one.vote)]
  return votes.filter((one) => one?.leader === view.me && one.epoch === view.epoch).length >= view.quorum
}
