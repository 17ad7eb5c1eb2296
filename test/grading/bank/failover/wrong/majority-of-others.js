// slip: election, majority
// Forgets to count itself among all.

export * from '../right/plain.js'

export function isLeader(view) {
  const votes = [view.vote, ...view.sentinels.filter((one) => one.reportAgeMs <= 5000).map((one) => one.vote)]
  const own = votes.filter((one) => one?.leader === view.me && one.epoch === view.epoch).length
  return own >= view.quorum && own > view.sentinels.length / 2
}
